// Leaves nothing of a person on a shared machine: sign-out clears what pages kept on the device.
(() => {
  const PREFIX = "kheo-";
  const SECONDS = 3;
  const person = document.body.dataset.person ?? "";
  const words = document.querySelector("template[data-leaving-words]")?.dataset ?? {};

  const dropCaches = async (keeps) => {
    if (!window.caches) return;
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !keeps(name));
    await Promise.all(names.map((name) => caches.delete(name)));
  };

  // a database that was never made is not made here either
  const clearDatabase = (name) =>
    new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onupgradeneeded = () => asked.transaction.abort();
      asked.onerror = () => done();
      asked.onsuccess = () => {
        const database = asked.result;
        const stores = [...database.objectStoreNames];
        if (!stores.length) return done();
        const deal = database.transaction(stores, "readwrite");
        for (const store of stores) {
          const rows = deal.objectStore(store).index("person").openKeyCursor(IDBKeyRange.only(person));
          rows.onsuccess = () => {
            if (!rows.result) return;
            deal.objectStore(store).delete(rows.result.primaryKey);
            rows.result.continue();
          };
        }
        deal.oncomplete = deal.onabort = () => {
          database.close();
          done();
        };
      };
    });

  const unsent = () => Number(localStorage.getItem(`kheo:unsent:${person}`) ?? 0);

  const clear = async () => {
    const patience = new Promise((done) => window.setTimeout(done, SECONDS * 1000));
    await Promise.race([Promise.allSettled([dropCaches(() => false), clearDatabase("kheo-visits")]), patience]);
    localStorage.removeItem(`kheo:unsent:${person}`);
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("[data-leaving]") || form.dataset.cleared) return;
      event.preventDefault();
      event.stopPropagation();
      if (unsent() && !window.confirm((words.unsent ?? "").replace("{count}", String(unsent())))) return;
      clear().finally(() => {
        form.dataset.cleared = "yes";
        form.requestSubmit();
      });
    },
    true,
  );

  // pages kept for somebody whose session ended are not for whoever signs in next
  if (person) dropCaches((name) => name.endsWith(`-${person}`)).catch(() => {});
})();
