/* A form that says `data-confirm` asks once before it is sent. */
document.addEventListener('submit', function (event) {
  'use strict';
  var asks = event.target.dataset.confirm;
  if (asks && !window.confirm(asks)) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
