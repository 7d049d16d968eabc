// A sheet that is filled on the spot: kept on the device while one writes, sent when there is a way.
(() => {
  const form = document.querySelector("form[data-visit-sheet]");
  const store = window.kheoVisits;
  if (!form || !store || !window.indexedDB) return;

  const CACHE = "kheo-visits-";
  const MIB = 1024 * 1024;
  const MOST_KEPT = 60 * MIB;
  const words = document.querySelector("template[data-visit-words]").dataset;
  const person = document.body.dataset.person;
  const sheet = form.dataset.visitSheet;
  const address = form.dataset.address;
  const line = document.querySelector("[data-visit-status]");
  const button = document.querySelector("[data-visit-send]");
  const link = document.querySelector("[data-visit-link]");
  const trouble = document.querySelector("[data-visit-trouble]");
  const photos = document.querySelector("[data-visit-photos]");
  const known = new Map();
  const timers = new Map();
  let sending = false;
  let again = false;
  let standing = "";

  // one at a time, also over several tabs: nothing is read by one and written over by another
  let queue = Promise.resolve();
  const inTurn = (work) => {
    if (navigator.locks) return navigator.locks.request("kheo-visits", work);
    queue = queue.then(work, work);
    return queue;
  };

  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const megabytes = (bytes) => (bytes / MIB).toLocaleString("vi-VN", { maximumFractionDigits: 1 });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

  // ---- what the page shows of it
  const show = (text, kind) => {
    line.textContent = text;
    line.dataset.visitStatus = kind;
  };

  const refresh = async (kind = standing) => {
    standing = kind;
    const entries = await store.all(person);
    const pictures = entries.filter((one) => one.kind === "photo");
    const size = pictures.reduce((sum, one) => sum + one.blob.size, 0);
    const unsent = fill(words.unsent, {
      entries: entries.length - pictures.length,
      photos: pictures.length,
      size: megabytes(size),
    });
    link.hidden = kind !== "ended" && kind !== "conflict";
    if (kind === "ended") link.href = `${form.dataset.signIn}?next=${encodeURIComponent(window.location.pathname)}`;
    if (kind === "conflict") link.href = window.location.pathname;
    link.textContent = kind === "ended" ? words.signIn : words.look;
    button.hidden = !entries.length;
    if (kind === "conflict" && !entries.length) show(words.conflict, kind);
    else if (!entries.length) show(fill(words.sent, { time: clock() }), "sent");
    else show(`${unsent} ${words[kind] ?? words.kept}`, kind || "kept");
    const reasons = [...new Set(entries.map((one) => one.trouble).filter(Boolean))];
    trouble.replaceChildren(...reasons.map((reason) => Object.assign(document.createElement("p"), { textContent: reason })));
  };

  // ---- pieces of the page: what stands in them, and what was touched
  const fieldsOf = (piece) => [...piece.querySelectorAll("[data-field]")];
  const pieceNamed = (name) => form.querySelector(`[data-piece="${CSS.escape(name)}"]`);

  const valuesOf = (piece) => {
    const values = {};
    for (const field of fieldsOf(piece)) {
      const { field: name } = field.dataset;
      if (field.type !== "radio") values[name] = field.value;
      else if (field.checked || !(name in values)) values[name] = field.checked ? field.value : "";
    }
    return values;
  };

  const putInto = (piece, values) => {
    for (const field of fieldsOf(piece)) {
      const value = values[field.dataset.field];
      if (value === undefined) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  };

  // what the server has of a piece, as far as this page knows
  const knownOf = (name) => {
    if (!known.has(name)) known.set(name, JSON.parse(pieceNamed(name)?.dataset.was || "{}"));
    return known.get(name);
  };

  const addItem = (name) => {
    const copy = document.querySelector("template[data-visit-item]").content.cloneNode(true);
    const piece = copy.querySelector("[data-piece]");
    piece.dataset.piece = name;
    for (const one of copy.querySelectorAll("[name], [id], [for]")) {
      for (const part of ["name", "id", "htmlFor"]) {
        if (one[part]) one[part] = one[part].replace("NEW", name);
      }
    }
    form.querySelector("[data-visit-items]").append(copy);
    return pieceNamed(name);
  };

  // ---- keeping on the device
  const keepPiece = async (piece) => {
    window.clearTimeout(timers.get(piece));
    timers.delete(piece);
    const { piece: name } = piece.dataset;
    const mine = (await store.all(person)).filter((one) => one.sheet === sheet && one.piece === name);
    const underWay = mine.filter((one) => one.tried && !one.trouble);
    const open = mine.find((one) => !underWay.includes(one));
    const shown = Object.assign({}, knownOf(name), ...underWay.map((one) => one.value));
    const touched = Object.entries(valuesOf(piece)).filter(([field, value]) => value.trim() !== (shown[field] ?? "").trim());
    if (!touched.length) {
      if (open) await store.drop(open);
      return;
    }
    const entry = open ?? { person, sheet, address, kind: "words", piece: name, base: Number(piece.dataset.base) };
    // a key that was sent stands for what was sent with it
    if (!entry.id || entry.tried) entry.id = store.newKey();
    const value = Object.fromEntries(touched);
    await store.put(Object.assign(entry, { tried: false, trouble: "", value, written_at: new Date().toISOString() }));
  };

  const keepLater = (piece) => {
    window.clearTimeout(timers.get(piece));
    timers.set(piece, window.setTimeout(() => keepNow([piece]).then(send), 700));
  };

  const keepNow = async (pieces = [...timers.keys()]) => {
    try {
      for (const piece of pieces) await inTurn(() => keepPiece(piece));
      await refresh();
    } catch {
      show(words.full, "full");
    }
  };

  // ---- photos: made smaller on the device, so that a day on the road fits
  const smaller = async (file) => {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, 2000 / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < MIB) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) ?? file;
    } catch {
      // the server judges what the browser cannot read
      return file;
    }
  };

  const showPhoto = (entry) => {
    const row = document.createElement("li");
    row.dataset.photo = entry.id;
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(entry.blob);
    picture.alt = entry.caption || words.photo;
    const state = document.createElement("span");
    state.className = "visit-photo-state";
    state.textContent = words.photoKept;
    const caption = document.createElement("span");
    caption.textContent = entry.caption;
    row.append(picture, caption, state);
    photos.append(row);
  };

  const addPhotos = async (input) => {
    const caption = form.querySelector("[name=caption]");
    const files = [...input.files];
    input.value = "";
    for (const file of files) {
      const blob = await smaller(file);
      const kept = (await store.all(person)).filter((one) => one.kind === "photo");
      const size = kept.reduce((sum, one) => sum + one.blob.size, blob.size);
      if (photos.children.length >= Number(form.dataset.mostPhotos) || size > MOST_KEPT) {
        show(words.tooMany, "full");
        return;
      }
      const entry = { id: store.newKey(), person, sheet, address, kind: "photo", piece: "", tried: false };
      Object.assign(entry, { blob, name: file.name, caption: caption.value.trim() });
      try {
        await store.put(entry);
      } catch {
        show(words.full, "full");
        return;
      }
      showPhoto(entry);
    }
    caption.value = "";
    await refresh();
    send();
  };

  // ---- sending: each entry once, in its order, and let go of only when the server has answered
  const ask = (path, settings) =>
    fetch(path, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...settings });

  const refuse = async (entries, response) => {
    if (response.status >= 500) throw new Error("the server made an error: try again later");
    let reason = words.refused;
    if (response.headers.get("Content-Type")?.startsWith("application/json")) reason = (await response.json()).reason;
    for (const entry of entries) await store.put(Object.assign(entry, { trouble: reason }));
  };

  const settle = async (entry, result) => {
    if (result.outcome === "refused") {
      await store.put(Object.assign(entry, { trouble: result.reason }));
      return false;
    }
    await store.drop(entry);
    if (entry.sheet === sheet) known.set(entry.piece, { ...knownOf(entry.piece), ...entry.value });
    if (result.outcome === "conflict") return true;
    for (const later of await store.all(person)) {
      if (later.piece !== entry.piece || later.sheet !== entry.sheet) continue;
      await store.put(Object.assign(later, { base: result.version }));
    }
    const piece = entry.sheet === sheet && pieceNamed(entry.piece);
    if (piece) piece.dataset.base = String(result.version);
    return false;
  };

  // the first waiting entry of each piece of a sheet; from now on writing makes another one
  const takeFirst = async (from) => {
    const waiting = (await waitingEntries()).filter((one) => one.address === from && one.kind === "words");
    const first = waiting.filter((one, place) => waiting.findIndex((other) => other.piece === one.piece) === place);
    for (const entry of first) await store.put(Object.assign(entry, { tried: true }));
    return first;
  };

  const sendWords = async (from, token) => {
    const first = await inTurn(() => takeFirst(from));
    const message = first.map(({ id, piece, value, base, written_at }) => ({ id, piece, value, base, written_at }));
    const response = await ask(`${from}/send`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ entries: message }),
    });
    if (!response.ok) {
      await refuse(first, response);
      return false;
    }
    const { results } = await response.json();
    let conflict = false;
    for (const result of results) {
      const entry = first.find((one) => one.id === result.id);
      if (entry && (await inTurn(() => settle(entry, result)))) conflict = true;
    }
    return conflict;
  };

  const sendPhoto = async (entry, token) => {
    const body = new FormData();
    body.append("id", entry.id);
    body.append("caption", entry.caption);
    body.append("photo", entry.blob, entry.name || "anh.jpg");
    await store.put(Object.assign(entry, { tried: true }));
    const response = await ask(`${entry.address}/photos`, { method: "POST", headers: { "X-CSRFToken": token }, body });
    if (!response.ok) {
      await refuse([entry], response);
      return;
    }
    await store.drop(entry);
    const row = photos.querySelector(`[data-photo="${entry.id}"] .visit-photo-state`);
    if (row) row.textContent = words.photoSent;
  };

  // what was refused waits for a person; everything else is tried again
  const waitingEntries = async () => (await store.all(person)).filter((one) => !one.trouble);

  const sendAll = async () => {
    let conflict = false;
    for (let entries = await waitingEntries(); entries.length; entries = await waitingEntries()) {
      const here = entries.filter((one) => one.address === entries[0].address);
      const response = await ask(`${here[0].address}/state`);
      if (response.type === "opaqueredirect" || response.status === 401) return "ended";
      if (!response.ok) {
        await refuse(here, response);
        continue;
      }
      const state = await response.json();
      if (String(state.person) !== person) return "ended";
      const hasWords = here.some((one) => one.kind === "words");
      if (hasWords && (await sendWords(here[0].address, state.token))) conflict = true;
      if (!hasWords) await sendPhoto(here[0], state.token);
    }
    return conflict ? "conflict" : "";
  };

  const send = async () => {
    again = sending;
    if (sending) return;
    sending = true;
    try {
      if ((await waitingEntries()).length) {
        show(words.sending, "sending");
        const outcome = await sendAll();
        if (outcome !== "ended") await keepPage();
        await refresh(outcome || (standing === "conflict" ? standing : ""));
      } else {
        await refresh();
      }
    } catch {
      await refresh("offline");
    } finally {
      sending = false;
    }
    if (again) send();
  };

  // ---- the page itself, for opening it again without a connection
  const keepPage = async () => {
    if (!window.caches || !navigator.serviceWorker) return false;
    const cache = await caches.open(CACHE + person);
    const page = await ask(window.location.pathname);
    if (!page.ok) return false;
    await cache.put(window.location.pathname, page);
    const names = performance.getEntriesByType("resource").map((one) => one.name);
    const files = [...new Set(names)].filter((name) => new URL(name).pathname.startsWith("/static/"));
    await Promise.all(files.map(async (name) => (await cache.match(name)) || cache.add(name)));
    return true;
  };

  const prepare = async () => {
    const ready = document.querySelector("[data-visit-ready]");
    try {
      if (!navigator.serviceWorker) throw new Error("no service worker");
      await navigator.serviceWorker.register(form.dataset.worker, { scope: "/visits/" });
      await navigator.serviceWorker.ready;
      const kept = await keepPage();
      ready.dataset.visitReady = kept ? "yes" : "no";
      ready.textContent = kept ? words.ready : words.notReady;
    } catch {
      const known = window.caches && (await caches.match(window.location.pathname, { ignoreVary: true }));
      ready.dataset.visitReady = known ? "yes" : "no";
      ready.textContent = known ? words.ready : words.notReady;
    }
  };

  const restore = async () => {
    for (const entry of (await store.all(person)).filter((one) => one.sheet === sheet)) {
      if (entry.kind === "photo") {
        showPhoto(entry);
        continue;
      }
      putInto(pieceNamed(entry.piece) ?? addItem(entry.piece), entry.value);
    }
    const foreign = await store.others(person);
    if (foreign) document.querySelector("[data-visit-others]").textContent = fill(words.others, { count: foreign });
  };

  const locate = () => {
    const piece = pieceNamed("texts");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const write = (number) => number.toFixed(6).replace(".", ",");
        putInto(piece, { latitude: write(coords.latitude), longitude: write(coords.longitude) });
        keepLater(piece);
      },
      () => show(words.nowhere, "kept"),
      { enableHighAccuracy: true, timeout: 20000 },
    );
  };

  form.addEventListener("input", (event) => {
    const piece = event.target.dataset.field && event.target.closest("[data-piece]");
    if (piece) keepLater(piece);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "photo") addPhotos(event.target);
    // a box that was left is kept at once: the page may be gone before the time of typing is over
    const piece = event.target.dataset.field && event.target.closest("[data-piece]");
    if (piece) keepNow([piece]).then(send);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    keepNow().then(send);
  });
  button.addEventListener("click", async () => {
    for (const entry of await store.all(person)) if (entry.trouble) await store.put(Object.assign(entry, { trouble: "" }));
    keepNow().then(send);
  });
  for (const one of form.querySelectorAll("[data-visit-add], [data-visit-locate]")) one.hidden = false;
  form.querySelector("[data-visit-add]")?.addEventListener("click", () => addItem(store.newKey()).querySelector("[data-field]").focus());
  form.querySelector("[data-visit-locate]")?.addEventListener("click", locate);
  document.addEventListener("visibilitychange", () => keepNow());
  window.addEventListener("pagehide", () => keepNow());
  window.addEventListener("online", () => send());
  window.addEventListener("offline", () => refresh("offline"));
  window.setInterval(() => !document.hidden && navigator.onLine && send(), 30000);

  restore().then(send).then(prepare);
})();
