/* What every page of the console shares: the help of keys, "busy", and what went wrong. */
(function () {
  'use strict';
  var byId = function (id) { return document.getElementById(id); };
  var keys = byId('keys'), menu = byId('menu'), busy = byId('busy'), waiting = 0;

  function writes(target) {
    return target.closest && target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]');
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === '?' && keys && !event.ctrlKey && !event.metaKey && !writes(event.target)) {
      event.preventDefault();
      if (keys.open) keys.close(); else keys.showModal();
    }
  });
  // Without this script the menu stays open, and works.
  if (menu && !window.matchMedia('(min-width: 60rem)').matches) menu.open = false;

  function say(sentence) {
    var line = document.createElement('p');
    line.className = 'problem';
    line.textContent = sentence;
    byId('problem').replaceChildren(line);
  }
  document.addEventListener('htmx:beforeRequest', function () {
    waiting += 1;
    setTimeout(function () { if (waiting > 0) busy.textContent = '正在办…'; }, 300);
  });
  document.addEventListener('htmx:afterRequest', function (event) {
    waiting = Math.max(0, waiting - 1);
    if (!waiting) busy.textContent = '';
    if (event.detail.successful) byId('problem').replaceChildren();
  });
  document.addEventListener('htmx:sendError', function () { say('网络不通，没有办成。请过一会儿再试。'); });
  document.addEventListener('htmx:timeout', function () { say('等得太久了，请再试一次。'); });
  document.addEventListener('htmx:beforeSwap', function (event) {
    var status = event.detail.xhr.status, ours = event.detail.xhr.getResponseHeader('HX-Retarget');
    if (status >= 400 && !ours) { // no sentence of ours: nothing of it belongs into the page
      event.detail.shouldSwap = false;
      say('没有办成（' + status + '）。请刷新页面，再试一次。');
    }
  });
  document.addEventListener('htmx:afterSettle', function (event) {
    var next = event.target.querySelector && event.target.querySelector('[data-focus]');
    if (next) next.focus();
  });
  window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });
})();
