/* The inbox: the next message stands there as soon as a key is pressed; what was pressed is sent
   behind it, one after the other. What could not be sent comes back. */
(function () {
  'use strict';
  var byId = function (id) { return document.getElementById(id); };
  var slot = byId('card'), nothing = byId('nothing'), fetching = byId('fetching');
  var settled = {}, open = 0, undoing = 0, pending = null;

  function present() { return slot.querySelector('.item:not([hidden])'); }
  function count(step) {
    var key = 'inbox-done', done = Math.max(0, Number(sessionStorage.getItem(key) || 0) + step);
    sessionStorage.setItem(key, String(done));
    byId('done').textContent = String(done);
  }
  function next() { // the first that stands ready and is new
    if (present() || undoing) return;
    var ready = Array.prototype.filter.call(byId('ahead').children, function (item) { return !settled[item.dataset.item]; });
    if (ready[0]) {
      slot.appendChild(ready[0]);
      if (window.htmx) window.htmx.process(ready[0]); // it may be newer than what htmx has looked at
    }
    nothing.hidden = !!ready[0] || open > 0;
    fetching.hidden = !!ready[0] || open === 0;
  }
  function untold(form, intent) { // a matter needs its type of appeal before it can be sent
    var line = intent && document.querySelector('#picker-list [data-code="' + intent + '"]');
    return line && 'matter' in line.dataset && !form.querySelector('[name=appeal_type]:checked');
  }
  function carry(form, name, value) {
    form.querySelectorAll('.carried').forEach(function (old) { old.remove(); });
    var field = document.createElement('input');
    field.type = 'hidden'; field.className = 'carried'; field.name = name; field.value = value;
    form.appendChild(field);
  }
  function send(form, name, value) { carry(form, name, value); form.requestSubmit(); }

  slot.addEventListener('submit', function (event) {
    var form = event.target, item = form.closest('.item'), button = event.submitter;
    if (!item || item.hidden) return;
    var intent = button && button.dataset.code;
    if (untold(form, intent)) { event.preventDefault(); event.stopPropagation(); ask(form, button.name, button.value); return; }
    if (button && button.name) carry(form, button.name, button.value);
    settled[item.dataset.item] = true;
    item.hidden = true;
    open += 1;
    setTimeout(next); // after htmx has taken the form
  }, true);
  function ask(form, name, value) {
    pending = { form: form, name: name, value: value };
    form.querySelector('.types').classList.add('wanted');
    byId('news').textContent = '是哪种诉求？按 4 到 9，选了就记下。';
  }
  slot.addEventListener('change', function (event) {
    if (event.target.name !== 'appeal_type' || !pending || pending.form !== event.target.form) return;
    var was = pending;
    pending = null;
    send(was.form, was.name, was.value);
  });
  slot.addEventListener('picked', function (event) {
    var form = event.target.closest('form');
    if (untold(form, event.detail.code)) ask(form, 'intent', event.detail.code);
    else send(form, 'intent', event.detail.code);
  });
  document.addEventListener('submit', function (event) {
    if (event.target.id !== 'undo') return;
    var item = present();
    undoing += 1;
    if (item) byId('ahead').prepend(item);
  }, true);
  document.addEventListener('htmx:afterRequest', function (event) {
    var item = event.detail.elt.closest('.item');
    if (!item) { if (event.detail.elt.id === 'undo') returned(event); return; }
    open -= 1;
    if (event.detail.successful) {
      if (byId('news').querySelector('[data-settled]')) count(1);
      item.remove();
    } else { // nothing was recorded: it comes again
      delete settled[item.dataset.item];
      item.hidden = false;
      byId('ahead').prepend(item);
    }
    next();
  });
  function returned(event) {
    undoing -= 1;
    if (event.detail.successful && byId('news').querySelector('[data-taken-back]')) {
      var item = slot.querySelector('.item');
      if (item) delete settled[item.dataset.item];
      if (byId('news').querySelector('[data-counted]')) count(-1);
    }
    next();
  }
  count(0);
})();
