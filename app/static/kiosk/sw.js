// Lets the tablet work without net. VERSION and FILES stand above, put there by the server.
const SHELL = 'shell-' + VERSION, AUDIO = 'audio';

self.oninstall = event => event.waitUntil(
  caches.open(SHELL).then(cache => cache.addAll(FILES.map(file => new Request(file, {cache: 'reload'})))));
self.onactivate = event => event.waitUntil(caches.keys()
  .then(names => Promise.all(names.filter(name => name != SHELL && name != AUDIO).map(name => caches.delete(name))))
  .then(() => clients.claim()));
self.onsync = event => event.waitUntil(clients.matchAll().then(all => all.forEach(one => one.postMessage('sync'))));
self.onmessage = event => {
  if (event.data == 'go') self.skipWaiting();
  else event.waitUntil(caches.open(AUDIO).then(async cache => {
    for (const kept of await cache.keys())
      if (!event.data.keep.includes(new URL(kept.url).pathname)) await cache.delete(kept);
    for (const url of event.data.fetch) if (!await cache.match(url)) await cache.add(url).catch(() => {});
  }));
};
self.onfetch = event => {
  const path = new URL(event.request.url).pathname, isAudio = path.startsWith('/kiosk/audio/');
  if (event.request.method == 'GET' && (isAudio || FILES.includes(path)))
    event.respondWith(caches.open(isAudio ? AUDIO : SHELL).then(cache => cache.match(path))
      .then(kept => kept ? part(kept, event.request.headers.get('range')) : fetch(event.request)));
};
// Players ask for a range of a sound and refuse the whole of it.
const part = async (kept, range) => {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range);
  if (!asked) return kept;
  const whole = await kept.blob(), first = +asked[1], last = Math.min(asked[2] || Infinity, whole.size - 1);
  return new Response(whole.slice(first, last + 1), {status: 206, headers: {
    'Content-Type': kept.headers.get('Content-Type'), 'Content-Range': `bytes ${first}-${last}/${whole.size}`, 'Accept-Ranges': 'bytes',
  }});
};
