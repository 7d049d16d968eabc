// Saves a form while one types (form[data-autosave-url]); what cannot be sent is kept in the browser.
(() => {
  const WAIT = 1500;
  const words = document.querySelector("template[data-autosave-words]")?.dataset ?? {};

  // commune machines are shared: a copy belongs to the person who typed it
  const person = document.body.dataset.person ?? "";
  const keyOf = (form) => `kheo:${person}:${form.dataset.autosaveKey || form.dataset.autosaveUrl}`;
  const versionOf = (form) => form.elements.version?.value ?? "";
  const csrf = (form) => form.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

  const textsOf = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

  const statusOf = (form) => {
    const known = document.querySelector(`[data-autosave-status="${form.id}"]`) ?? form.querySelector(".autosave");
    if (known) return known;
    const made = document.createElement("p");
    made.className = "autosave";
    made.setAttribute("role", "status");
    form.append(made);
    return made;
  };

  const say = (form, text, trouble = false) => {
    const status = statusOf(form);
    status.textContent = text;
    status.classList.toggle("autosave-trouble", trouble);
  };

  const store = (form, sent) => {
    const copy = { version: versionOf(form), sent, pairs: textsOf(form) };
    localStorage.setItem(keyOf(form), JSON.stringify(copy));
  };

  const keep = (form) => {
    try {
      store(form, false);
      say(form, words.kept ?? "", true);
    } catch {
      say(form, words.lost ?? "", true);
    }
  };

  const forget = (form) => localStorage.removeItem(keyOf(form));

  const answered = async (form, state, response) => {
    if (response.status === 409) {
      const place = document.getElementById(form.dataset.autosaveConflict || "messages");
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...page.body.childNodes);
      place.scrollIntoView({ block: "nearest" });
      state.stopped = true;
      keep(form);
      say(form, words.conflict ?? "", true);
      return;
    }
    if (response.redirected || response.status === 401 || response.status === 403 || !response.ok) {
      keep(form);
      return;
    }
    forget(form);
    const version = response.headers.get("X-Version");
    if (version && form.elements.version) form.elements.version.value = version;
    say(form, `${words.saved ?? ""} ${clock()}`);
    form.dispatchEvent(new CustomEvent("kheo:saved", { bubbles: true }));
  };

  const save = async (form, state) => {
    if (state.saving || state.stopped) return;
    state.saving = true;
    state.changed = false;
    say(form, words.saving ?? "");
    const body = new FormData();
    for (const [name, value] of textsOf(form)) body.append(name, value);
    try {
      const response = await fetch(form.dataset.autosaveUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { "X-CSRFToken": csrf(form), "X-Requested-With": "autosave" },
      });
      await answered(form, state, response);
      state.unsaved = state.changed || !response.ok || response.redirected;
    } catch {
      keep(form);
      state.unsaved = true;
    }
    state.saving = false;
    if (state.submitting) submitNow(form, state);
    else if (state.changed) later(form, state);
  };

  const submitNow = (form, state) => {
    let { submitter } = state.submitting;
    state.submitting = null;
    // a part of the page may have been brought anew under the button that was pressed
    if (submitter && submitter.form !== form) {
      submitter = form.appendChild(submitter.cloneNode());
      submitter.hidden = true;
    }
    form.requestSubmit(submitter);
  };

  const later = (form, state) => {
    window.clearTimeout(state.timer);
    state.timer = window.setTimeout(() => save(form, state), WAIT);
  };

  const put = (form, pairs) => {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || field.type === "hidden") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = (values.get(field.name) ?? []).includes(field.value);
      else if (values.has(field.name)) field.value = values.get(field.name).shift();
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const copyOf = (form) => {
    try {
      return JSON.parse(localStorage.getItem(keyOf(form)));
    } catch {
      return null;
    }
  };

  const fill = (form, state, copy) => {
    put(form, copy.pairs);
    state.unsaved = true;
    say(form, words.restored ?? "", true);
    later(form, state);
  };

  // the draft has moved on since: the person decides, nothing is written over in silence
  const offer = (form, state, copy) => {
    say(form, words.older ?? "", true);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm";
    button.textContent = words.putBack ?? "";
    button.addEventListener("click", () => {
      button.remove();
      fill(form, state, copy);
    });
    statusOf(form).append(button);
  };

  const restore = (form, state) => {
    const copy = copyOf(form);
    if (!copy) return;
    const pairs = copy.pairs.filter(([name]) => name !== "version");
    const shown = textsOf(form).filter(([name]) => name !== "version");
    const moved = copy.version !== versionOf(form);
    if (JSON.stringify(pairs) === JSON.stringify(shown) || (moved && copy.sent)) forget(form);
    else if (moved) offer(form, state, copy);
    else fill(form, state, copy);
  };

  const prepare = (form) => {
    if (form.dataset.autosaveReady) return;
    form.dataset.autosaveReady = "yes";
    const state = { timer: 0, saving: false, changed: false, unsaved: false, stopped: false, submitting: null };
    const touched = (event) => {
      if (event.target.type === "file") return;
      state.changed = true;
      state.unsaved = true;
      // behind a form that was sent, a save would conflict with it: the next page offers what was typed
      if (form.dataset.sending) keep(form);
      else later(form, state);
    };
    restore(form, state);
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", (event) => {
      window.clearTimeout(state.timer);
      // the save under way brings the version to submit with; without it one conflicts with oneself
      if (state.saving) {
        event.preventDefault();
        event.stopPropagation();
        state.submitting = { submitter: event.submitter };
        event.submitter?.setAttribute("aria-busy", "true");
        return;
      }
      // until the server has answered, the browser's copy is the only other one
      if (state.unsaved) store(form, true);
      state.unsaved = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!state.unsaved || !form.isConnected) return;
      keep(form);
      event.preventDefault();
    });
  };

  const prepareAll = () => document.querySelectorAll("form[data-autosave-url]").forEach(prepare);
  document.addEventListener("htmx:load", prepareAll);
  prepareAll();
})();
