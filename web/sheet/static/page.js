// What the page does by itself: it takes in what is new without moving what is
// read, and it answers to keys. All of it works without this, too.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const wall = document.body.classList.contains("wall");

  // Times
  const pad = (n) => String(n).padStart(2, "0");
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const age = (at) => {
    const minutes = Math.floor((Date.now() - at) / 60000);
    if (minutes < 1) return "just now";
    if (minutes < 60) return minutes + " min ago";
    if (minutes < 48 * 60) return Math.floor(minutes / 60) + " h ago";
    return Math.floor(minutes / 1440) + " days ago";
  };
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const tick = () => {
    for (const t of all("time[data-age]")) write(t, age(Date.parse(t.dateTime)));
    const now = new Date();
    for (const t of all("time[data-clock]")) write(t, now.getUTCDate() + " " + months[now.getUTCMonth()] + " " + pad(now.getUTCHours()) + ":" + pad(now.getUTCMinutes()));
  };

  // What came. A story that is shown is changed in its place; one that is new is
  // announced, and shown when asked for, or at once where nobody reads: at the top
  // of the list with no place in it, and on a wall.
  const stories = $("#stories"), told = $("#news");
  const title = document.title;
  let fresh = null;
  const busy = (element) => element.contains(document.activeElement) || element.classList.contains("at");
  const fetched = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.redirected && new URL(answer.url).pathname === "/login") location.reload(); // the session has ended
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const swap = (id, next) => {
    const old = document.getElementById(id), now = next.getElementById(id);
    if (old && now && old.innerHTML !== now.innerHTML && !busy(old)) old.replaceChildren(...now.childNodes);
  };
  const replace = (old, now) => {
    if (old.innerHTML === now.innerHTML && old.className === now.className) return;
    const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    const at = old.classList.contains("at");
    old.replaceWith(now);
    if (at) now.classList.add("at");
    if (focused) all("a", now).find((a) => a.getAttribute("href") === focused)?.focus({ preventScroll: true });
  };
  const show = (next) => { // the list as it is now
    const known = new Set(all("article", stories).map((a) => a.id));
    const at = $(".at", stories)?.id;
    stories.replaceChildren(...next.getElementById("stories").childNodes);
    for (const a of all("article", stories)) {
      if (!known.has(a.id)) a.classList.add("came");
      if (a.id === at) a.classList.add("at");
    }
    fresh = null;
    told.replaceChildren();
    document.title = title;
  };
  const announce = (n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = n === 1 ? "1 new story" : n + " new stories";
    button.addEventListener("click", () => { if (fresh) show(fresh); scrollTo({ top: 0 }); $(".open", stories)?.focus(); });
    if (told.textContent !== button.textContent) told.replaceChildren(button);
    document.title = "(" + n + ") " + title;
  };
  const script = (from) => $("script[src]", from)?.getAttribute("src");
  const take = (next) => {
    if (script(next) !== script(document)) return location.reload(); // coupwatch is another now
    swap("glance", next);
    swap("rest", next);
    const list = next.getElementById("stories");
    if (!list || !stories) return;
    if (wall) {
      if (list.innerHTML !== stories.dataset.was) { stories.dataset.was = list.innerHTML; show(next); fit(); }
      return;
    }
    const incoming = all("article", list), here = new Map(all("article", stories).map((a) => [a.id, a]));
    const came = incoming.filter((a) => !here.has(a.id));
    if (came.length && scrollY < 40 && !stories.contains(document.activeElement) && !$(".at", stories)) return show(next);
    for (const a of incoming) if (here.has(a.id)) replace(here.get(a.id), came.length ? a.cloneNode(true) : a);
    if (came.length) { fresh = next; announce(came.length); }
  };

  // On a wall a column ends with the last story that has room.
  const fit = () => {
    if (!wall) return;
    for (const column of all(".column")) {
      const cards = all(".card", column);
      for (const c of cards) c.hidden = false;
      if (getComputedStyle(column).overflowY !== "hidden") continue;
      const more = $(".more", column), end = column.getBoundingClientRect().bottom;
      more.hidden = false;
      const room = end - more.offsetHeight;
      cards.forEach((c, i) => { c.hidden = i > 0 && c.getBoundingClientRect().bottom > room; });
      const left = Number(column.dataset.more) + cards.filter((c) => c.hidden).length;
      more.textContent = "and " + left + " more";
      more.hidden = left === 0;
    }
  };

  // Who looks at a page that nobody keeps up to date is told so.
  const lost = $("#lost");
  let since = 0;
  const contact = (there) => {
    if (!lost) return;
    if (there) { since = 0; lost.hidden = true; return; }
    since ||= Date.now();
    setTimeout(() => {
      if (!since || Date.now() - since < 9000) return;
      const at = new Date(since);
      lost.textContent = "No word from coupwatch since " + pad(at.getUTCHours()) + ":" + pad(at.getUTCMinutes()) + ": what is shown is of then.";
      lost.hidden = false;
    }, 10000);
  };

  // Events. One look at most every five seconds, and none while nobody sees it.
  let source = null, last = 0, due = 0, version = stories?.dataset.version;
  const look = () => {
    const wait = Math.max(0, last + 5000 - Date.now());
    if (due) return;
    due = setTimeout(async () => {
      due = 0;
      last = Date.now();
      try { const next = await fetched(); if (next) { take(next); tick(); } } catch { /* the next event asks again */ }
    }, wait);
  };
  const listen = () => {
    if (!stories || !window.EventSource) return;
    if (document.hidden && !wall) { source?.close(); source = null; return; }
    if (source) return;
    source = new EventSource("/live?after=" + version);
    source.addEventListener("open", () => contact(true));
    source.addEventListener("error", () => {
      contact(false);
      if (source?.readyState === EventSource.CLOSED) { source = null; look(); setTimeout(listen, 30000); }
    });
    source.addEventListener("stories", (e) => { version = e.data; look(); });
  };

  // Keys
  const items = () => all(".cards .card, #digest[open] .rows li, section .rows li").filter((e) => e.offsetParent !== null);
  const go = (step) => {
    const list = items();
    if (!list.length) return;
    const now = list.findIndex((e) => e.classList.contains("at"));
    const next = now < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, now + step));
    if (now >= 0) list[now].classList.remove("at");
    list[next].classList.add("at");
    const link = $(".open, a", list[next]);
    if (link) link.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  };
  const keys = [["j", "the next story"], ["k", "the story before"], ["o", "open it"], ["m", "mute it"], ["u", "back to the list"], ["/", "look for words"], ["w", "the wall"], ["?", "these keys"]];
  const help = () => {
    let sheet = $("#keys");
    if (!sheet) {
      sheet = document.createElement("dialog");
      sheet.id = "keys";
      const title = document.createElement("h2"), list = document.createElement("dl"), close = document.createElement("button");
      title.textContent = "Keys";
      title.id = "keys-title";
      sheet.setAttribute("aria-labelledby", title.id);
      for (const [key, does] of keys) {
        const term = document.createElement("dt"), k = document.createElement("kbd"), what = document.createElement("dd");
        k.textContent = key;
        what.textContent = does;
        term.append(k);
        list.append(term, what);
      }
      close.textContent = "Close";
      close.addEventListener("click", () => sheet.close());
      sheet.append(title, list, close);
      document.body.append(sheet);
    }
    if (sheet.open) sheet.close(); else sheet.showModal();
  };
  const muting = () => { // only who may mute has the form
    const form = $("details#mute");
    if (!form) return;
    form.open = true;
    $("select, input:not([type=hidden])", form).focus();
    form.scrollIntoView({ block: "nearest" });
  };
  const act = {
    j: () => go(1),
    k: () => go(-1),
    o: () => { const a = $(".at .open, .at a") || $(".lead h1 a"); if (a) a.click(); },
    m: () => { const a = $(".at .open"); if (a) location.assign(a.getAttribute("href") + "#mute"); else muting(); },
    u: () => { if (document.referrer && new URL(document.referrer).origin === location.origin) history.back(); else location.assign("/"); },
    w: () => location.assign(wall ? "/" + location.search : "/wall" + location.search),
    "/": () => { const box = $("[data-find]"); if (box) { box.focus(); box.select(); } else location.assign("/#filters"); },
    "?": help,
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
    if ($("#keys")?.open) { if (e.key === "?") { e.preventDefault(); help(); } return; }
    if (e.target.closest?.("input, select, textarea, [contenteditable]")) { if (e.key === "Escape") e.target.blur(); return; }
    if (e.key === "Escape") { for (const a of all(".at")) a.classList.remove("at"); return; }
    if (act[e.key]) { e.preventDefault(); act[e.key](); }
  });

  if (location.hash === "#mute") addEventListener("load", muting); // after the browser went to it, which takes the focus
  tick();
  setInterval(tick, 20000);
  fit();
  addEventListener("resize", fit);
  if (wall) setInterval(look, 300000);
  document.addEventListener("visibilitychange", listen);
  listen();
})();
