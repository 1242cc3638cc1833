/* The review: keys belong to the row that one is at; after each decision the next one is. */
(function () {
  'use strict';
  function open() { return Array.prototype.slice.call(document.querySelectorAll('.review:not(.settled):not(.sending)')); }
  function current() { return document.querySelector('.review.current'); }
  function go(row) {
    var was = current();
    if (was) was.classList.remove('current');
    if (!row) return;
    row.classList.add('current');
    row.scrollIntoView({ block: 'nearest' });
  }
  function beside(row, step) {
    var rows = open(), at = rows.indexOf(row);
    return rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  }
  function after(row) { // the next that is open, below first
    var rows = open(), below = rows.filter(function (each) { return row.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING; });
    return below[0] || rows[0];
  }
  function send(form, name, value) {
    form.querySelectorAll('.carried').forEach(function (old) { old.remove(); });
    var field = document.createElement('input');
    field.type = 'hidden'; field.className = 'carried'; field.name = name; field.value = value;
    form.appendChild(field);
    form.requestSubmit();
  }
  document.addEventListener('keydown', function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || document.querySelector('dialog[open]') || event.target.closest('input:not([type=checkbox]), textarea, select')) return;
    event.preventDefault();
    var row = current();
    go(row && !row.classList.contains('settled') ? beside(row, step) : open()[0]);
  });
  document.addEventListener('click', function (event) {
    var row = event.target.closest('.review'), why = event.target.closest('[data-why]');
    if (row && !row.classList.contains('settled')) go(row);
    if (!why) return;
    var form = why.closest('form'), field = form.querySelector('[name=why]');
    field.disabled = false;
    field.value = why.dataset.why;
    send(form, 'verdict', 'reject');
  });
  document.addEventListener('picked', function (event) {
    send(event.target.closest('form'), 'intent', event.detail.code);
  });
  document.addEventListener('submit', function (event) {
    var row = event.target.closest('.review');
    if (!row) return;
    setTimeout(function () { row.classList.add('sending'); go(after(row)); });
  }, true);
  document.addEventListener('htmx:afterRequest', function (event) {
    var row = event.detail.elt.closest('.review');
    if (row && !event.detail.successful) { row.classList.remove('sending'); go(row); }
  });
  go(open()[0]);
})();
