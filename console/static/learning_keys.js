/* One key, one act: `data-keys="1 Enter"` on a button, box or summary that can be seen. */
(function () {
  'use strict';
  var TYPED = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]';
  var PRESSED = 'button, a[href], summary, input, select, textarea';

  function named(event) {
    // An input method that is switched on hides the letter, not the place of the key.
    if (event.key !== 'Process' && event.keyCode !== 229) return event.key.length === 1 ? event.key.toLowerCase() : event.key;
    var found = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
    return found ? found[1].toLowerCase() : { Slash: '/', Enter: 'Enter' }[event.code] || '';
  }
  function here(element) { // in a list of rows, keys belong to the current one
    var row = element.closest('[data-row]');
    return !row || row.classList.contains('current');
  }
  function seen(element) { return element.getClientRects().length > 0 || (element.labels && element.labels[0] && element.labels[0].getClientRects().length > 0); }
  document.addEventListener('keydown', function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPED) || document.querySelector('dialog[open]')) return;
    var key = named(event);
    if (!key || (key === 'Enter' && event.target.closest(PRESSED))) return;
    var found = Array.prototype.filter.call(document.querySelectorAll('[data-keys]'), function (element) {
      return element.dataset.keys.split(' ').indexOf(key) >= 0 && !element.disabled && here(element) && seen(element);
    })[0];
    if (!found) return;
    event.preventDefault();
    if (event.repeat) return; // a key that is held down is one act
    if (found.matches(TYPED)) found.focus(); else found.click();
  });
})();
