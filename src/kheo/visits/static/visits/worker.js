// Keeps opened sheets usable without a connection: the network first, the kept copy when it fails.
// It serves sheets below /visits/ and the static files they need, and nothing else; it keeps
// nothing itself: a sheet's page puts into the cache what belongs to the person signed in.
const PREFIX = "kheo-visits-";
const PATIENCE = 6000;
const SHEET = /\/visits\/sheets\/\d+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keptCopy = async (request) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const found = await cache.match(request.url, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
    if (found) return found;
  }
  return undefined;
};

const patience = () => new Promise((done) => self.setTimeout(done, PATIENCE));

const answer = async (request) => {
  const network = fetch(request);
  try {
    const first = await Promise.race([network, patience()]);
    if (first) return first;
  } catch (error) {
    const kept = await keptCopy(request);
    if (kept) return kept;
    throw error;
  }
  // the network is slow, which on the road is as good as none
  return (await keptCopy(request)) ?? network;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const isSheet = request.mode === "navigate" && SHEET.test(pathname);
  if (isSheet || pathname.startsWith("/static/")) event.respondWith(answer(request));
});
