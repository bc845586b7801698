"use strict";
(() => {
  const filter = document.querySelector(".filter");
  const uses = Array.from(document.querySelectorAll(".use"));
  const print = (open) => document.querySelectorAll("details:not(.settled, .rule)").forEach((one) => {
    if (open && !one.open && !one.matches(".use.green .findings *, .long .use.green .answer-of")) {
      one.open = true;
      one.dataset.printed = "";
    } else if (!open && "printed" in one.dataset) {
      one.open = false;
      delete one.dataset.printed;
    }
  });
  if (!CSS.supports("selector(::details-content)")) {
    addEventListener("beforeprint", () => print(true));
    addEventListener("afterprint", () => print(false));
  }
  if (!filter) return;
  const field = (name) => document.getElementById("f-" + name);
  const said = field("said");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const days = Array.from(document.querySelectorAll(".day"));
  const total = uses.reduce((sum, use) => sum + Number(use.dataset.n), 0);
  const counted = (n) => n.toLocaleString("en") + (n === 1 ? " planned use" : " planned uses");
  const texts = new Map();
  const textOf = (use) => {
    if (!texts.has(use)) {
      const parts = [use.closest(".day").querySelector("h3"), use.rows[0], use.querySelector(".names")];
      texts.set(use, plain(parts.map((part) => (part ? part.textContent : "")).join(" ")));
    }
    return texts.get(use);
  };
  const chosen = (name) => (field(name) ? field(name).value : "");
  let waiting = 0;
  const apply = () => {
    clearTimeout(waiting);
    const words = plain(chosen("text")).split(/\s+/).filter(Boolean);
    const word = chosen("word"), person = chosen("person"), day = chosen("day");
    let shown = 0;
    for (const one of days) {
      let here = 0;
      for (const use of one.querySelectorAll(".use")) {
        const fits = (!day || one.id === day) && (!word || use.dataset.word === word)
          && (!person || use.dataset.who.includes(" " + person + " "))
          && words.every((part) => textOf(use).includes(part));
        use.hidden = !fits;
        if (fits) here += Number(use.dataset.n);
      }
      const any = words.length || word || person || day;
      one.hidden = Boolean(any) && !here;
      const whole = one.querySelector(".whole-day");
      if (whole && any && here && !whole.open) {
        whole.open = true;
        whole.dataset.filtered = "";
      } else if (whole && !any && "filtered" in whole.dataset) {
        whole.open = false;
        delete whole.dataset.filtered;
      }
      shown += here;
    }
    said.textContent = shown === total ? "All " + counted(total) + " are shown."
      : shown ? shown.toLocaleString("en") + " of " + counted(total) + (shown === 1 ? " is shown." : " are shown.")
        : "None of " + counted(total) + " fits. Show all, or ask for less.";
  };
  const clear = () => {
    for (const name of ["text", "word", "person", "day"]) if (field(name)) field(name).value = "";
    apply();
  };
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      clear();
    }
  });
  field("clear").addEventListener("click", () => {
    clear();
    (field("text")).focus();
  });
  filter.hidden = false;
  apply();
})();
