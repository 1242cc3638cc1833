/* The triage queue by keyboard. What Enter sends is what the plan on the page says, nothing else. */
(function () {
  'use strict';
  var at = function (selector) { return document.querySelector(selector); };

  function writes(target) { return target.matches('input:not([type=radio]), textarea, select'); }
  function first(input) { // the first that was found, chosen
    var found = at('#' + input.dataset.results + ' input');
    if (!found) return;
    found.click();
    input.blur();
  }
  document.addEventListener('keydown', function (event) {
    var target = event.target, key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (at('dialog[open]')) return;
    if (key === 'Escape' && writes(target)) { target.blur(); return; }
    if (writes(target)) {
      if (key === 'Enter' && target.dataset.results) { event.preventDefault(); first(target); }
      return;
    }
    if (key === 'Enter') {
      if (target.matches('button, a, summary')) return;
      event.preventDefault();
      var button = at('#plan [data-enter]');
      // While the plan is on its way it may say something else than what was just chosen.
      if (button && !button.disabled && !at('#plan.htmx-request')) button.click();
      return;
    }
    if (key === '?' || key.length !== 1) return;
    var wanted = at('#case [data-key="' + CSS.escape(key.toLowerCase()) + '"]');
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches('[type=search]')) { wanted.focus(); wanted.select(); return; }
    wanted.click();
    if (wanted.matches('summary')) {
      var field = wanted.parentNode.querySelector('select, textarea');
      if (wanted.parentNode.open && field) field.focus();
    }
  });
})();
