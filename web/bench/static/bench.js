// What makes the workbench nicer: mistakes as one types, completion, a trial whose
// progress moves by itself. All of it works without this, too.
"use strict";
(() => {
  const $ = (s, at = document) => at.querySelector(s);
  const form = $("#bench"), text = $("#text"), said = $("#said"), trial = $("#trial");

  // part asks for a part of a page, and returns what stands in it.
  async function part(address, options = {}) {
    const r = await fetch(address, { ...options, headers: { "X-Part": "1" }, credentials: "same-origin" });
    if (!(r.headers.get("Content-Type") || "").startsWith("text/html")) throw new Error(await r.text() || r.statusText);
    const page = new DOMParser().parseFromString(await r.text(), "text/html");
    const main = $("main", page); // a whole page says why there is no part
    return [...(main || page.body).childNodes];
  }

  // ---- mistakes
  let asking = null, timer = 0;
  async function ask(what) {
    clearTimeout(timer);
    asking?.abort();
    const mine = asking = new AbortController();
    const data = new FormData(form);
    data.set("do", what);
    said.setAttribute("aria-busy", "true");
    try {
      const nodes = await part(form.action, { method: "POST", body: data, signal: mine.signal });
      if (mine !== asking) return;
      said.replaceChildren(...nodes);
      lead();
    } catch (e) {
      if (e.name === "AbortError" || mine !== asking) return;
      const p = document.createElement("p");
      p.className = "problem";
      p.textContent = "This could not be checked: " + (e.message || "coupwatch does not answer") + ".";
      said.replaceChildren(p);
    } finally {
      if (mine === asking) said.removeAttribute("aria-busy");
    }
  }

  // lead makes the places of mistakes lead there.
  function lead() {
    for (const at of said.querySelectorAll("span.at")) {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "at";
      b.textContent = at.textContent;
      b.title = "line " + at.dataset.line + ", column " + at.dataset.col + ": go there";
      b.addEventListener("click", () => go(+at.dataset.line, +at.dataset.col));
      at.replaceWith(b);
    }
  }
  function go(line, col) {
    const lines = text.value.split("\n");
    let at = 0;
    for (let i = 0; i < line - 1 && i < lines.length; i++) at += lines[i].length + 1;
    at += [...(lines[line - 1] || "")].slice(0, col - 1).join("").length;
    const end = at + (/^[$@]?[\p{L}\p{N}_-]*/u.exec(text.value.slice(at)) || [""])[0].length;
    text.focus();
    text.setSelectionRange(at, Math.max(end, at));
    text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
  }

  if (form) {
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask("type"), 400);
    };
    text.addEventListener("input", () => { later(); offer(false); });
    form.addEventListener("submit", (e) => {
      if (e.submitter?.value === "check") { e.preventDefault(); ask("check"); }
    });
    form.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); ask("check"); }
    });
    lead();
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy the lines";
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.value);
        copy.textContent = "Copied";
      } catch {
        text.focus();
        text.select();
        copy.textContent = "Selected; press Ctrl and C";
      }
      setTimeout(() => { copy.textContent = "Copy the lines"; }, 3000);
    });
    $(".buttons", form).append(copy);
    const begun = text.value;
    addEventListener("beforeunload", (e) => { if (text.value !== begun && !leaving) e.preventDefault(); });
    let leaving = false;
    form.addEventListener("submit", () => { leaving = true; });
  }

  // ---- completion
  let words = null, wanted = false, options = [], at = -1;
  const box = document.createElement("ul");
  if (form) {
    box.id = "choices";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "What fits");
    box.hidden = true;
    text.after(box);
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", "choices");
    text.addEventListener("focus", load);
    text.addEventListener("blur", () => setTimeout(close, 150));
    text.addEventListener("keydown", keys);
    text.addEventListener("click", close);
  }
  async function load() {
    if (wanted) return;
    wanted = true;
    try {
      words = await (await fetch("/rules/bench/words", { credentials: "same-origin" })).json();
    } catch { wanted = false; }
  }

  // fits returns what may be written at the end of before, and how much of that it
  // replaces.
  function fits(before, all) {
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const sign = /[$@][\p{L}\p{N}\p{M}_:-]*$/u.exec(line)?.[0];
    const near = (list, typed) => {
      const t = typed.toLowerCase(), starts = [], holds = [];
      for (const [word, says] of list) {
        const w = word.toLowerCase();
        if (w === t) continue;
        if (w.startsWith(t)) starts.push([word, says]);
        else if (t.length > 1 && (w.includes(t.slice(1)) || (says || "").toLowerCase().includes(t.replace(/^[$@]/, "")))) holds.push([word, says]);
      }
      return [...starts, ...holds].slice(0, 8);
    };
    if (sign?.[0] === "$") return all || sign.length > 1 ? [near(words.lists.map((l) => [l, ""]), sign), sign.length] : null;
    if (sign) return all || sign.length > 1 ? [near(words.names, sign), sign.length] : null;
    const word = /[\p{L}\p{N}_-]*$/u.exec(line)[0];
    const value = /(?:^|[\s{,-])([a-z]+):\s*[\w-]*$/.exec(line)?.[1];
    if (value && words.values[value]) return [near(words.values[value].map((v) => [v, ""]), word), word.length];
    if (!all && word.length < 2) return null;
    const key = /^(?:\s*(?:- )?(?:.*[{,]\s*)?)[a-z]*$/.test(line) && words.keys[section()];
    if (key) return [near(key, word).map(([k, says]) => [k + ": ", says]), word.length];
    if (/^[A-Z_]*$/.test(word)) return [near(words.operates.map((o) => [o, ""]), word), word.length];
    return null;
  }
  function section() {
    const ref = form.elements.ref.value;
    return ref[0] === "$" ? "lists" : ref[0] === "@" ? (/(^|\n)\s*- *\{? *id:|(^|\n)\s*-\s/.test(text.value) ? "entities" : "groups") : ref.startsWith("points:") ? "points" : "rules";
  }
  async function offer(all) {
    await load();
    if (!words || text.selectionStart !== text.selectionEnd) return close();
    const found = fits(text.value.slice(0, text.selectionStart), all);
    if (!found || !found[0].length) return close();
    options = found[0].map(([word, says], i) => {
      const li = document.createElement("li");
      li.id = "choice-" + i;
      li.setAttribute("role", "option");
      li.setAttribute("aria-selected", "false");
      li.append(word);
      if (says) {
        const d = document.createElement("span");
        d.className = "dim";
        d.textContent = says;
        li.append(" ", d);
      }
      li.addEventListener("mousedown", (e) => { e.preventDefault(); take(i); });
      return { li, word, length: found[1] };
    });
    box.replaceChildren(...options.map((o) => o.li));
    box.hidden = false;
    choose(all ? 0 : -1);
  }
  function choose(i) {
    at = i;
    options.forEach((o, n) => o.li.setAttribute("aria-selected", String(n === i)));
    if (i < 0) text.removeAttribute("aria-activedescendant");
    else { text.setAttribute("aria-activedescendant", "choice-" + i); options[i].li.scrollIntoView({ block: "nearest" }); }
  }
  function close() {
    box.hidden = true;
    options = [];
    choose(-1);
  }
  // write puts something in the place of the last letters before the caret, so that it
  // can be undone.
  function write(s, length) {
    text.setSelectionRange(text.selectionStart - length, text.selectionStart);
    if (!document.execCommand("insertText", false, s)) {
      text.setRangeText(s, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  function take(i) {
    const o = options[i];
    write(o.word, o.length);
    close();
  }
  function keys(e) {
    if (e.key === " " && e.ctrlKey) { e.preventDefault(); offer(true); return; }
    if (!box.hidden) {
      const n = options.length;
      if (e.key === "ArrowDown") { e.preventDefault(); choose((at + 1) % n); return; }
      if (e.key === "ArrowUp") { e.preventDefault(); choose((at + n - (at < 0 ? 0 : 1)) % n); return; }
      if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); close(); return; }
      if (e.key === "Tab" && !e.shiftKey || e.key === "Enter" && at >= 0) { e.preventDefault(); take(Math.max(at, 0)); return; }
    }
    if (e.key === "Enter" && !e.ctrlKey && !e.metaKey && !e.shiftKey && text.selectionStart === text.selectionEnd) {
      const before = text.value.slice(0, text.selectionStart), indent = /(?:^|\n)( *)[^\n]*$/.exec(before)[1];
      if (indent) { e.preventDefault(); write("\n" + indent, 0); }
    }
  }

  // ---- a trial
  async function follow() {
    for (;;) {
      await new Promise((r) => setTimeout(r, 700));
      try {
        const nodes = await part("/rules/bench/trials/" + trial.dataset.trial);
        if (trial.contains(document.activeElement) && nodes.some((n) => $("progress", wrap([n.cloneNode(true)])))) {
          const now = $("progress", wrap(nodes));
          Object.assign($("progress", trial), { value: now.value, textContent: now.textContent });
          continue; // who is about to end it keeps the button
        }
        trial.replaceChildren(...nodes);
        if (!$("progress", trial)) { trial.removeAttribute("data-going"); return; }
      } catch { await new Promise((r) => setTimeout(r, 3000)); }
    }
  }
  function wrap(nodes) {
    const d = document.createElement("div");
    d.append(...nodes);
    return d;
  }
  if (trial?.hasAttribute("data-going")) follow();
})();
