// Building the page. Text only ever goes in as text nodes.

/** Build an element: attributes by name, `on…` as listeners, children as nodes or text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

export function button(label, action, attributes = {}) {
  return el("button", { type: "button", ...attributes, onclick: action }, label);
}

const TIME = new Intl.DateTimeFormat("zh-TW", {
  timeZone: "Asia/Taipei", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const PARTS = new Intl.DateTimeFormat("zh-TW", {
  timeZone: "Asia/Taipei", year: "numeric", month: "numeric", day: "numeric", weekday: "short",
});

export const timeOf = (iso) => TIME.format(new Date(iso));

/** Write an instant's day in Taipei with its ROC year, as the office does: 115/11/22（日）. */
export function dayOf(iso) {
  const part = Object.fromEntries(PARTS.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${Number(part.year) - 1911}/${part.month}/${part.day}（${part.weekday.slice(-1)}）`;
}
