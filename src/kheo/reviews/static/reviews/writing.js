// Marks at the press of a button, known lines put into the text, and clean pasting out of Word and Excel.
(() => {
  const put = (box, text, from = box.selectionStart, to = box.selectionEnd) => {
    box.focus();
    box.setSelectionRange(from, to);
    // keeps the browser's own undo; where that is gone, the plain way does it
    if (!document.execCommand?.("insertText", false, text)) box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const lineStart = (box) => box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;

  const onOwnLine = (box, text) => {
    const before = box.value.slice(0, box.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n" : "";
    put(box, `${gap}${text}\n`);
  };

  const wrap = (box, open, close) => {
    const { selectionStart: from, selectionEnd: to } = box;
    put(box, `${open}${box.value.slice(from, to)}${close}`);
    box.setSelectionRange(from + open.length, to + open.length);
  };

  const itemise = (box) => {
    const from = lineStart(box);
    const to = box.selectionEnd;
    const lines = box.value.slice(from, to).split("\n");
    put(box, lines.map((line) => (/^[-+] /.test(line) ? line : `- ${line}`)).join("\n"), from, to);
  };

  const MARKS = {
    item: itemise,
    table: (box, words) => onOwnLine(box, `| ${words} 1 | ${words} 2 |\n|  |  |`),
    bold: (box) => wrap(box, "**", "**"),
    italic: (box) => wrap(box, "*", "*"),
    note: (box) => wrap(box, "[[", "]]"),
  };

  // ---- what Word, Excel and pages lay on the clipboard ----
  const SILENT = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "IMG", "SVG", "OBJECT", "TEMPLATE"]);
  const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "BR", "UL", "OL", "SECTION"]);
  const squeezed = (text) => text.replace(/[\s\u00a0]+/g, " ");

  const faceOf = (node, text) => {
    const core = text.trim();
    if (!core) return text;
    const bold = /^(B|STRONG)$/.test(node.tagName);
    const italic = /^(I|EM)$/.test(node.tagName);
    if (!bold && !italic) return text;
    const mark = bold ? "**" : "*";
    return text.replace(core, `${mark}${core}${mark}`);
  };

  // Word writes its lists as paragraphs that only look like items
  const listMark = (node) => {
    const depth = Number(node.dataset?.list ?? 0);
    return depth ? (depth > 1 ? "+ " : "- ") : "";
  };

  const listOf = (style) => {
    if (/mso-list:\s*Ignore/i.test(style)) return ' data-list="ignore"';
    const depth = /mso-list:[^;]*level(\d)/i.exec(style);
    return depth ? ` data-list="${depth[1]}"` : "";
  };

  // what would be forbidden here anyway goes before the page is even read
  const harmless = (html) =>
    html
      .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replace(/<(img|link|meta|iframe|object|embed)\b[^>]*>/gi, "")
      .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, (_whole, style) => listOf(style))
      .replace(/\s(?:style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");

  const wordsOf = (node, depth = 0) => {
    if (node.nodeType === Node.TEXT_NODE) return squeezed(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || SILENT.has(node.tagName)) return "";
    if (node.dataset.list === "ignore") return "";
    if (node.tagName === "TABLE") return `\n${rowsOf(node)}\n`;
    const inner = [...node.childNodes].map((child) => wordsOf(child, depth + (/^(UL|OL)$/.test(node.tagName) ? 1 : 0))).join("");
    if (node.tagName === "LI") return `\n${depth > 1 ? "+ " : "- "}${inner.trim()}`;
    if (BLOCKS.has(node.tagName)) return `\n${listMark(node)}${inner}\n`;
    return faceOf(node, inner);
  };

  const rowsOf = (table) =>
    [...table.rows]
      .map((row) => [...row.cells].map((cell) => squeezed(cell.textContent).trim().replaceAll("|", "/")))
      .filter((cells) => cells.some(Boolean))
      .map((cells) => `| ${cells.join(" | ")} |`)
      .join("\n");

  const marksOf = (html) => {
    const page = new DOMParser().parseFromString(harmless(html), "text/html");
    return wordsOf(page.body)
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .join("\n");
  };

  const pasted = (event) => {
    const html = event.clipboardData?.getData("text/html");
    // what is as long as this is left to the server, which says so in plain words
    if (!html || html.length > 3_000_000 || !/<(table|p|li|b|strong|i|em)\b/i.test(html)) return;
    const marks = marksOf(html);
    if (!marks) return;
    event.preventDefault();
    put(event.target, marks);
  };

  for (const tools of document.querySelectorAll("[data-prose-tools]")) {
    const box = document.getElementById(tools.dataset.proseTools);
    if (!box) continue;
    tools.hidden = false;
    box.addEventListener("paste", pasted);
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-mark]");
      if (button) MARKS[button.dataset.mark](box, button.dataset.words ?? "");
    });
  }

  // what is too long is not even sent: it stays in the box until it is shortened
  for (const warning of document.querySelectorAll("[data-too-long]")) {
    const box = document.getElementById(warning.dataset.tooLong);
    if (!box) continue;
    const judge = () => {
      warning.hidden = box.value.length <= Number(warning.dataset.longest);
      return warning.hidden;
    };
    box.addEventListener("input", judge);
    box.form.addEventListener(
      "submit",
      (event) => {
        if (judge()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        box.focus();
      },
      true,
    );
  }

  for (const button of document.querySelectorAll("[data-insert]")) {
    const box = document.getElementById(button.dataset.insertInto);
    if (!box) continue;
    button.hidden = false;
    button.addEventListener("click", () => onOwnLine(box, button.dataset.insert));
  }
})();
