// What was written into sheets and not sent yet, kept on the device in the order it was written.
window.kheoVisits = (() => {
  const NAME = "kheo-visits";
  let opened = null;

  const open = () => {
    opened ??= new Promise((done, fail) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        const entries = asked.result.createObjectStore("entries", { keyPath: "order", autoIncrement: true });
        entries.createIndex("person", "person");
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    return opened;
  };

  const run = async (mode, work) => {
    const database = await open();
    return new Promise((done, fail) => {
      const deal = database.transaction("entries", mode);
      const asked = work(deal.objectStore("entries"));
      deal.oncomplete = () => done(asked?.result);
      deal.onabort = () => fail(deal.error);
      deal.onerror = () => fail(deal.error);
    });
  };

  const newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // pages without this script ask before somebody signs out
  const count = (person, entries) => {
    const key = `kheo:unsent:${person}`;
    if (entries.length) localStorage.setItem(key, String(entries.length));
    else localStorage.removeItem(key);
    return entries;
  };

  const all = async (person) =>
    count(person, await run("readonly", (entries) => entries.index("person").getAll(person)));

  const others = async (person) => {
    const rows = await run("readonly", (entries) => entries.getAll());
    return rows.filter((one) => one.person !== person).length;
  };

  const put = async (entry) => {
    entry.order = await run("readwrite", (entries) => entries.put(entry));
    await all(entry.person);
    return entry;
  };

  const drop = async (entry) => {
    await run("readwrite", (entries) => entries.delete(entry.order));
    await all(entry.person);
  };

  return { all, others, put, drop, newKey };
})();
