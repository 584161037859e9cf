"use strict";
(() => {
  const make = (name, attributes, text) => {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    if (text) made.textContent = text;
    return made;
  };
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const order = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

  const key = (cell) => {
    if (!cell || cell.querySelector("abbr")) return null;
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
  };
  const compare = (a, b, sense) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const [x, y] = [Number(a), Number(b)];
    return sense * (a !== "" && b !== "" && !isNaN(x) && !isNaN(y) ? x - y : order.compare(a, b));
  };
  const sort = (table, head, column) => {
    const sense = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", sense > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [key(row.cells[column]), row]);
    rows.sort(([a], [b]) => compare(a, b, sense)).forEach(([, row]) => body.append(row));
  };
  document.querySelectorAll("table").forEach((table) => {
    if (table.tBodies[0].rows.length < 2) return;
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = make("button", { type: "button", "aria-label": "Trier par " + head.textContent });
      head.addEventListener("click", () => sort(table, head, column));
      head.append("\u00a0", button);
    });
  });

  const search = (items, tools, extra) => {
    const input = make("input", { type: "search", placeholder: "Filtrer", "aria-label": "Filtrer" });
    const told = make("span", { role: "status", class: "note" });
    const texts = items.map((item) => plain(item.textContent));
    const apply = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let left = 0;
      items.forEach((item, index) => {
        item.hidden = !(words.every((word) => texts[index].includes(word)) && (!extra || extra(item)));
        left += item.hidden ? 0 : 1;
      });
      told.textContent = left === items.length ? "" : left + " sur " + items.length;
      return left < items.length;
    };
    input.addEventListener("input", () => tools.dispatchEvent(new Event("change")));
    tools.prepend(input);
    tools.append(told);
    return apply;
  };
  document.querySelectorAll(".table").forEach((block) => {
    const rows = Array.from(block.querySelectorAll("tbody tr"));
    if (rows.length < 9) return;
    const tools = make("div", { class: "tools" });
    tools.addEventListener("change", search(rows, tools));
    block.querySelector(".frame").before(tools);
  });
  document.querySelectorAll(".cards").forEach((block) => {
    const cards = Array.from(block.querySelectorAll(".card"));
    if (cards.length < 5) return;
    const tools = make("div", { class: "tools" });
    const word = (card) => card.querySelector(".chip").lastChild.textContent;
    const boxes = new Map();
    Array.from(new Set(cards.map(word))).forEach((verdict, _, all) => {
      if (all.length < 2) return;
      const label = make("label");
      const box = make("input", { type: "checkbox" });
      box.checked = true;
      label.append(box, verdict + "\u00a0(" + cards.filter((card) => word(card) === verdict).length + ")");
      tools.append(label);
      boxes.set(verdict, box);
    });
    const rule = (card) => (card.querySelector(".ground code") || { textContent: "" }).textContent;
    const rules = Array.from(new Set(cards.map(rule))).filter(Boolean).sort(order.compare);
    const choice = make("select", { "aria-label": "Règle" });
    choice.append(make("option", { value: "" }, "Toutes les règles"));
    rules.forEach((name) => {
      const number = cards.filter((card) => rule(card) === name).length;
      choice.append(make("option", { value: name }, name + "\u00a0(" + number + ")"));
    });
    if (rules.length > 1) tools.append(choice);
    const shown = (card) =>
      (!boxes.has(word(card)) || boxes.get(word(card)).checked) && (!choice.value || rule(card) === choice.value);
    const apply = search(cards, tools, shown);
    tools.addEventListener("change", () => {
      const fewer = apply();
      const more = block.querySelector(".more");
      if (more && fewer) more.open = true;
    });
    block.before(tools);
  });
})();
