/* The search over all intents: opened by whatever says `data-opens="picker"`, which then hears
   `picked` with the code, the name, and whether it is a matter. */
(function () {
  'use strict';
  var dialog = document.getElementById('picker');
  if (!dialog) return;
  var words = document.getElementById('picker-words'), list = document.getElementById('picker-list');
  var none = document.getElementById('picker-none'), lines = Array.prototype.slice.call(list.children);
  var opener = null, at = 0, shown = lines;

  function rank(line, typed) { // the smaller the better; 9: not this one
    var data = line.dataset, tests = [
      data.name.indexOf(typed) === 0, data.initials.indexOf(typed) === 0, data.pinyin.indexOf(typed) === 0,
      data.name.indexOf(typed) > 0, data.initials.indexOf(typed) > 0, data.code.indexOf(typed) >= 0,
      data.covers.indexOf(typed) >= 0, data.pinyin.indexOf(typed) > 0];
    var place = tests.indexOf(true);
    return place < 0 ? 9 : place;
  }
  function find() {
    var typed = words.value.trim().toLowerCase().replace(/[\s'’]+/g, '');
    var ranked = lines.map(function (line, i) { return { line: line, rank: typed ? rank(line, typed) : 0, i: i }; });
    ranked.sort(function (a, b) { return a.rank - b.rank || a.i - b.i; });
    shown = ranked.filter(function (each) { each.line.hidden = each.rank === 9; return each.rank < 9; }).map(function (each) { return each.line; });
    shown.forEach(function (line) { list.appendChild(line); });
    none.hidden = shown.length > 0;
    mark(0);
  }
  function mark(place) {
    at = Math.max(0, Math.min(shown.length - 1, place));
    lines.forEach(function (line) { line.setAttribute('aria-selected', String(line === shown[at])); });
    if (!shown[at]) { words.removeAttribute('aria-activedescendant'); return; }
    words.setAttribute('aria-activedescendant', shown[at].id);
    shown[at].scrollIntoView({ block: 'nearest' });
  }
  function shut() { // the next key belongs to the page at once, not when the browser gets to it
    words.blur();
    dialog.close();
  }
  function pick(line) {
    var to = opener, data = line.dataset;
    shut();
    if (to) to.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: { code: data.code, name: data.name, matter: 'matter' in data } }));
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-opens="picker"]');
    if (!button) return;
    opener = button;
    words.value = '';
    dialog.showModal();
    find();
    words.focus();
  });
  words.addEventListener('input', find);
  words.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter ends the writing of a Chinese word
    var step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step) { event.preventDefault(); mark(at + step); }
    if (event.key === 'Escape') { event.preventDefault(); shut(); }
    if (event.key === 'Enter') { event.preventDefault(); if (shown[at]) pick(shown[at]); }
  });
  list.addEventListener('click', function (event) {
    var line = event.target.closest('[data-code]');
    if (line) pick(line);
  });
})();
