/* A list with boxes: tick all, count the ticked ones, and send a picked intent with them. */
(function () {
  'use strict';
  document.querySelectorAll('form[data-ticks]').forEach(function (form) {
    var all = form.querySelector('[data-all]'), said = form.querySelector('[data-ticked]');
    var boxes = Array.prototype.slice.call(form.querySelectorAll('.ticks input[type=checkbox]:not([data-all])'));
    function shown() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      said.textContent = String(ticked);
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
      form.querySelectorAll('[data-needs-tick]').forEach(function (button) { button.disabled = ticked === 0; });
    }
    form.addEventListener('change', function (event) {
      if (event.target === all) boxes.forEach(function (box) { box.checked = all.checked; });
      shown();
    });
    form.addEventListener('picked', function (event) {
      var field = document.createElement('input');
      field.type = 'hidden'; field.name = 'intent'; field.value = event.detail.code;
      form.appendChild(field);
      form.requestSubmit();
    });
    window.addEventListener('pageshow', shown);
    shown();
  });
  document.addEventListener('change', function (event) {
    if (event.target.matches('[data-submits]')) event.target.form.requestSubmit();
  });
})();
