// Lets the tablet work without net. The server puts KIOSK above: the version and the shell's files.
const SHELL = 'shell-' + KIOSK.version, AUDIO = 'audio';
const audio = sounds => caches.open(AUDIO).then(async cache => {
  for (const sound of sounds) if (!await cache.match(sound)) await cache.add(sound).catch(() => {});
});

self.oninstall = event => event.waitUntil(caches.open(SHELL)
  .then(cache => cache.addAll(KIOSK.files.map(file => new Request(file, {cache: 'reload'})))));
self.onactivate = event => event.waitUntil(caches.keys()
  .then(names => Promise.all(names.filter(name => name != SHELL && name != AUDIO).map(name => caches.delete(name))))
  .then(() => clients.claim()));
self.onsync = event => event.waitUntil(clients.matchAll().then(all => all.forEach(one => one.postMessage('sync'))));
self.onmessage = event => event.data == 'go' ? self.skipWaiting() : event.waitUntil(audio(event.data));

self.onfetch = event => {
  const {pathname: path, search} = new URL(event.request.url), isSound = path.startsWith('/kiosk/audio/');
  if (event.request.method != 'GET' || !isSound && !KIOSK.files.includes(path)) return;
  const stored = () => caches.open(isSound ? AUDIO : SHELL).then(cache => cache.match(path))
    .then(kept => kept ? part(kept, event.request.headers.get('range')) : fetch(event.request));
  // A page that left by itself: the server must hear of it.
  event.respondWith(search.startsWith('?over=') ? fetch(event.request).catch(stored) : stored());
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
