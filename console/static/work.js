/* Keeps the cadres' page fresh. A card in which somebody is typing is left alone. */
(function () {
  'use strict';
  var work = document.getElementById('work'), net = document.getElementById('net');
  var byId = function (id) { return document.getElementById(id); };
  var timer = 0, quick = 2; // just after a button the outcome may still be on its way

  function poll() {
    clearTimeout(timer);
    if (document.hidden) return;
    var alone = work.dataset.alone ? '&alone=' + work.dataset.alone : '';
    fetch('/work/cards?seen=' + byId('notices').dataset.mark + alone).then(function (answer) {
      if (answer.status === 401) { location.reload(); return ''; }
      if (!answer.ok) throw new Error('later');
      return answer.status === 204 ? '' : answer.text();
    }).then(function (html) {
      net.textContent = '';
      if (html) merge(new DOMParser().parseFromString(html, 'text/html'));
    }).catch(function () {
      net.textContent = '网络不好，页面可能不是最新的。';
    }).then(function () {
      timer = setTimeout(poll, quick-- > 0 ? 800 : 5000);
    });
  }
  function typing(card) {
    return Array.prototype.some.call(card.querySelectorAll('textarea, select, input:not([type=hidden])'), function (field) {
      return field.value || field === document.activeElement;
    });
  }
  function merge(fresh) {
    byId('count').replaceWith(fresh.getElementById('count'));
    if (byId('notices').innerHTML !== fresh.getElementById('notices').innerHTML) {
      byId('notices').innerHTML = fresh.getElementById('notices').innerHTML;
    }
    byId('notices').dataset.mark = fresh.getElementById('notices').dataset.mark;
    var list = byId('cards'), place = list.firstElementChild, wanted = {};
    Array.prototype.forEach.call(fresh.querySelectorAll('#cards > .card'), function (next) {
      var old = byId(next.id), shown = old;
      wanted[next.id] = true;
      if (!old) {
        shown = next;
        next.classList.add('fresh');
      } else if (old.dataset.identity === next.dataset.identity || typing(old)) {
        old.querySelector('.clock').replaceWith(next.querySelector('.clock'));
      } else {
        reopen(old, next);
        next.classList.add('fresh');
        if (place === old) place = old.nextElementSibling;
        old.replaceWith(next);
        shown = next;
      }
      // Moving a card takes the keyboard out of it: one that is written in stays where it is.
      if (shown === place) place = place.nextElementSibling;
      else if (!shown.parentNode || !typing(shown)) list.insertBefore(shown, place);
    });
    Array.prototype.slice.call(list.children).forEach(function (card) {
      if (!wanted[card.id] && !typing(card)) card.remove();
    });
  }
  function reopen(old, next) { // what was open stays open, and the keyboard where it was
    var focused = document.activeElement, at = focused && focused.tagName === 'SUMMARY' ? focused.parentNode : null;
    next.querySelectorAll('details[data-act]').forEach(function (part) {
      var before = old.querySelector('details[data-act="' + part.dataset.act + '"]');
      part.open = !!before && before.open;
      if (before && before === at) setTimeout(function () { part.querySelector('summary').focus(); });
    });
  }
  work.addEventListener('submit', function (event) { // one tap is enough, and it shows
    var button = event.target.querySelector('.main');
    if (button) { button.disabled = true; button.textContent = '正在办…'; }
  });
  window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });
  document.addEventListener('visibilitychange', poll);
  timer = setTimeout(poll, 800);
})();
