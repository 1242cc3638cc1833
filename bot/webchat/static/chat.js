/* Residents' chat. Without it the page is a plain form; with it messages survive a weak network:
   they wait in this phone's storage and are sent again under the same id until acknowledged. */
(function () {
  'use strict';
  var root = document.documentElement, body = document.body, data = body.dataset;
  var base = data.base, after = Number(data.after), key = 'waiting:' + data.chat;
  var byId = function (id) { return document.getElementById(id); };
  var log = byId('log'), pane = byId('scroll'), text = byId('text'), net = byId('net'), down = byId('down');
  var replyTo = byId('reply_to'), title = document.title;
  var OFFLINE = '网络不好。您写的话先存在手机里，有网了自动发出去。';
  root.classList.add('js');

  function make(tag, attributes, content) {
    var node = document.createElement(tag);
    for (var name in attributes) node.setAttribute(name, attributes[name]);
    if (content) node.textContent = content;
    return node;
  }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function clock(date) { // the county's time, whatever the phone is set to
    var d = new Date(date.getTime() + 8 * 3600e3);
    return (d.getUTCMonth() + 1) + '月' + d.getUTCDate() + '日 ' + two(d.getUTCHours()) + ':' + two(d.getUTCMinutes());
  }
  function keep(name, value) {
    try { localStorage.setItem(name, value); return true; } catch (e) { return false; } // full, or private mode
  }
  function kept(name) { try { return localStorage.getItem(name); } catch (e) { return null; } }
  function newId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16)), hex = '';
    for (var i = 0; i < 16; i++) hex += (bytes[i] + 256).toString(16).slice(1);
    return hex;
  }

  /* --- lines ------------------------------------------------------------------------------- */

  function build(line) {
    var node = make('article', { 'class': 'line ' + (line.mine ? 'mine' : 'ours') + (line.title ? ' card' : ''), id: line.id });
    if (line.slot) node.dataset.slot = line.slot;
    node.append(make('span', { 'class': 'who' }, line.mine ? '您' : '联动服务'));
    if (line.quotes) node.append(make('a', { 'class': 'quote', href: '#' + line.quotes }, '回复:' + gist(line.quotes)));
    if (line.title) node.append(make('h2', {}, line.title));
    if (line.text) node.append(make('p', { 'class': 'text' }, line.text));
    if (line.media || line.preview) {
      var url = line.preview || base + '/media/' + line.media;
      var file = make('a', { 'class': 'file', href: url });
      file.append(make('img', { src: url, alt: '照片' }));
      node.append(file);
    }
    if (line.buttons && line.buttons.length) {
      var form = make('form', { 'class': 'choices' });
      line.buttons.forEach(function (buttons) {
        var row = make('div', { 'class': 'row' });
        buttons.forEach(function (b) { row.append(make('button', { name: 'press', value: b.data }, b.label)); });
        form.append(row);
      });
      node.append(form);
    }
    var foot = make('footer', {});
    foot.append(make('time', { datetime: line.at }, line.clock), make('span', { 'class': 'state' }),
      make('a', { 'class': 'reply', href: '#text' }, '回复'));
    node.append(foot);
    return node;
  }
  function gist(id) {
    var node = byId(id), part = node && (node.querySelector('h2') || node.querySelector('.text'));
    return part ? part.textContent.slice(0, 40) : '前面的话';
  }
  function atEnd() { return pane.scrollHeight - pane.scrollTop - pane.clientHeight < 140; }
  function toEnd() { pane.scrollTop = pane.scrollHeight; down.hidden = true; }
  function append(node) {
    var follow = atEnd();
    log.append(node);
    if (follow) toEnd(); else down.hidden = false;
  }
  function take(line) {
    after = Math.max(after, Number(line.id.slice(1)) || 0);
    var old = byId(line.id), node = build(line);
    if (!old && line.slot) {
      old = Array.prototype.filter.call(log.children, function (n) { return n.dataset.slot === line.slot; })[0];
    }
    if (old) { node.classList.add('fresh'); old.replaceWith(node); } else append(node);
    if (document.hidden) document.title = '(新)' + title;
  }
  log.addEventListener('error', function (event) { // not a picture: a recording, or any file
    var img = event.target, link = img.parentNode;
    if (img.tagName === 'IMG') img.replaceWith(make('audio', { src: link.href, controls: '', preload: 'metadata' }));
    else if (img.tagName === 'AUDIO') img.replaceWith('打开附件');
  }, true);

  /* --- sending ----------------------------------------------------------------------------- */

  var waiting = [], busy = false, timer = 0;
  try { waiting = JSON.parse(kept(key)) || []; } catch (e) { /* unreadable: begin anew */ }

  function save() { // where photos do not fit, at least the words are kept
    if (!keep(key, JSON.stringify(waiting))) keep(key, JSON.stringify(waiting.filter(function (one) { return !one.photo; })));
  }
  function stateOf(item) { var node = byId('w' + item.id); return node && node.querySelector('.state'); }
  function show(item, words, bad) {
    var state = stateOf(item);
    if (!state) return;
    state.textContent = bad === 'again' ? '' : words;
    state.classList.toggle('bad', !!bad);
    if (bad === 'again') state.append(make('button', { type: 'button', 'class': 'again' }, words));
  }
  function enqueue(item, node) {
    item.id = newId();
    item.at = new Date().toISOString();
    waiting.push(item);
    save();
    if (node) node.id = 'w' + item.id; else { bubble(item); toEnd(); }
    show(item, '发送中…');
    pump();
  }
  function bubble(item) {
    if (item.press) return;
    append(build({ id: 'w' + item.id, mine: true, text: item.text || (item.lat !== undefined ? '我的位置' : ''),
      preview: item.photo, quotes: item.reply_to, at: item.at, clock: clock(new Date(item.at)) }));
  }
  function blobOf(url) {
    var parts = url.split(','), raw = atob(parts[1]), bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Blob([bytes], { type: parts[0].slice(5).split(';')[0] });
  }
  function post(item) {
    if (item.photo) {
      var form = new FormData();
      form.append('id', item.id);
      form.append('reply_to', item.reply_to || '');
      form.append('file', blobOf(item.photo), 'photo.jpg');
      return timed('/files', { method: 'POST', body: form }, 90);
    }
    var there = item.lat !== undefined ? '/location' : '/messages';
    return timed(there, { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: item.id, text: item.text, reply_to: item.reply_to, press: item.press, lat: item.lat, lon: item.lon }) }, 20);
  }
  function timed(path, options, seconds) {
    var stop = window.AbortController && new AbortController();
    if (stop) options.signal = stop.signal;
    var limit = setTimeout(function () { if (stop) stop.abort(); }, seconds * 1000);
    return fetch(base + path, options).finally(function () { clearTimeout(limit); });
  }
  function pump() {
    clearTimeout(timer);
    var item = waiting[0];
    if (busy || !item) return;
    busy = true;
    show(item, '发送中…');
    post(item).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (said) {
        var refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
        if (!answer.ok && !refused) throw new Error('later');
        net.textContent = '';
        settle(item, answer.ok, said);
      });
    }).catch(function () {
      item.tries = (item.tries || 0) + 1;
      net.textContent = OFFLINE;
      waiting.forEach(function (one) { show(one, '没发出去，点一下再发', 'again'); });
      timer = setTimeout(pump, Math.min(30, Math.pow(2, item.tries)) * 1000);
    }).then(function () {
      busy = false;
      if (waiting[0] && !waiting[0].tries) pump();
    });
  }
  function settle(item, ok, said) {
    waiting = waiting.filter(function (one) { return one !== item; });
    waiting.forEach(function (one) { one.tries = 0; });
    save();
    show(item, ok ? (item.press ? '' : '已送到') : '没有收下：' + (said.say || '请换个说法'), !ok);
    var node = byId('w' + item.id);
    if (node && node.classList.contains('choices')) {
      if (!ok || node.parentNode.dataset.slot) enable(node);
    } else if (node && ok && said.id) {
      if (byId(said.id)) node.remove(); else node.id = said.id;
    }
    if (polling) listen();
  }
  function enable(form) { form.querySelectorAll('button').forEach(function (b) { b.disabled = false; b.classList.remove('chosen'); }); }

  byId('composer').addEventListener('submit', function (event) {
    event.preventDefault();
    var words = text.value.trim();
    if (!words) return text.focus();
    enqueue({ text: words, reply_to: replyTo.value || undefined });
    text.value = '';
    keep(key + ':draft', '');
    quote('');
    fit();
  });
  byId('composer').addEventListener('click', function (event) {
    var words = event.target.closest('[data-say]');
    if (words) enqueue({ text: words.dataset.say });
  });
  log.addEventListener('click', function (event) {
    var target = event.target;
    if (target.name === 'press') {
      event.preventDefault();
      var form = target.form;
      form.querySelectorAll('button').forEach(function (b) { b.disabled = true; });
      target.classList.add('chosen');
      if (!form.querySelector('.state')) form.append(make('span', { 'class': 'state', role: 'status' }));
      enqueue({ press: target.value, reply_to: form.parentNode.id }, form);
    } else if (target.classList.contains('again')) {
      pump();
    } else if (target.classList.contains('reply')) {
      event.preventDefault();
      quote(target.closest('.line').id);
    } else if (target.classList.contains('quote')) {
      event.preventDefault();
      var there = byId(target.hash.slice(1));
      if (there) there.scrollIntoView({ block: 'center' });
    }
  });
  function quote(id) {
    var said = /^[io]\d/.test(id);
    replyTo.value = said ? id : '';
    byId('quoted').textContent = said ? gist(id) : '';
    byId('quoting').hidden = !said;
    if (!said) return;
    text.focus();
    byId(id).scrollIntoView({ block: 'nearest' }); // the bar has just covered the end of it
  }
  byId('unquote').addEventListener('click', function (event) { event.preventDefault(); quote(''); });
  text.addEventListener('keydown', function (event) { // Enter sends with a real keyboard only
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && matchMedia('(hover: hover)').matches) {
      event.preventDefault();
      byId('send').click();
    }
  });
  function fit() { text.style.height = 'auto'; text.style.height = text.scrollHeight + 4 + 'px'; }
  text.addEventListener('input', function () { fit(); keep(key + ':draft', text.value); });

  byId('photo').addEventListener('change', function () {
    var file = this.files[0], picture = new Image(), url = file && URL.createObjectURL(file);
    var reply = replyTo.value || undefined;
    this.value = '';
    if (!file) return;
    picture.onload = function () { // 1,280 points show a broken lamp as well, in a tenth of the bytes
      var share = Math.min(1, 1280 / Math.max(picture.width, picture.height));
      var canvas = make('canvas', { width: Math.round(picture.width * share), height: Math.round(picture.height * share) });
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      enqueue({ photo: canvas.toDataURL('image/jpeg', 0.72), reply_to: reply });
      quote('');
    };
    picture.onerror = function () { net.textContent = '这张照片打不开，请换一张。'; };
    picture.src = url;
  });
  byId('place').addEventListener('click', function () {
    var button = this, sorry = '没有得到您的位置，请把地方写在话里，比如哪个村、几组。';
    if (!navigator.geolocation || !window.isSecureContext) { net.textContent = sorry; return; }
    button.disabled = true;
    net.textContent = '正在找您的位置…';
    navigator.geolocation.getCurrentPosition(function (where) {
      button.disabled = false;
      net.textContent = '';
      enqueue({ lat: where.coords.latitude, lon: where.coords.longitude });
    }, function () { button.disabled = false; net.textContent = sorry; }, { enableHighAccuracy: true, timeout: 15000 });
  });

  /* --- listening --------------------------------------------------------------------------- */

  var source = null, watch = 0, silent = 0, polling = false;
  function listen() {
    if (source) source.close();
    source = null;
    clearTimeout(watch);
    if (document.hidden) return;
    polling = !window.EventSource || silent > 1;
    if (polling) return poll();
    source = new EventSource(base + '/events?after=' + after);
    source.addEventListener('line', function (event) { heard(); take(JSON.parse(event.data)); });
    source.addEventListener('beat', heard);
    source.onerror = lost;
    watch = setTimeout(lost, 8000);
  }
  function heard() { silent = 0; if (!waiting.length) net.textContent = ''; clearTimeout(watch); watch = setTimeout(lost, 40000); }
  function lost() {
    silent++;
    if (source) source.close();
    source = null;
    clearTimeout(watch);
    watch = setTimeout(listen, 2000);
  }
  function poll() {
    timed('/updates?after=' + after, {}, 20).then(function (answer) { return answer.json(); }).then(function (got) {
      got.lines.forEach(take);
      after = Math.max(after, got.after);
      if (!waiting.length) net.textContent = '';
      silent += 0.1;
      if (silent > 8) silent = 0; // try the live line again after about four minutes
    }).catch(function () { net.textContent = OFFLINE; }).then(function () {
      clearTimeout(watch);
      watch = setTimeout(listen, 4000);
    });
  }
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden) { document.title = title; pump(); }
    listen();
  });
  window.addEventListener('online', function () { silent = 0; listen(); pump(); });
  window.addEventListener('offline', function () { net.textContent = OFFLINE; });

  /* --- reading aids ------------------------------------------------------------------------ */

  var sizes = ['', 'big', 'huge'], size = Number(kept('size')) || 0, bigger = byId('bigger');
  function resize() {
    root.classList.remove('big', 'huge');
    if (sizes[size]) root.classList.add(sizes[size]);
    bigger.setAttribute('aria-pressed', size > 0);
    bigger.textContent = ['大字', '更大', '原样'][size];
    keep('size', size);
  }
  bigger.addEventListener('click', function () { size = (size + 1) % 3; resize(); fit(); toEnd(); });
  byId('copy').addEventListener('click', function () {
    var url = location.origin + base, done = function () { byId('copied').textContent = '网址已复制。'; };
    var byHand = function () { byId('copied').textContent = url; };
    if (navigator.clipboard) navigator.clipboard.writeText(url).then(done, byHand); else byHand();
  });
  down.addEventListener('click', toEnd);
  pane.addEventListener('scroll', function () { if (atEnd()) down.hidden = true; });

  resize();
  waiting.forEach(function (item) { item.tries = 0; bubble(item); show(item, '发送中…'); });
  text.value = text.value || kept(key + ':draft') || '';
  fit();
  toEnd();
  pump();
  listen();
})();
