// Flex messages, as much as the bot's cards use: boxes, text, spans, buttons, separators. Pictures are left out.

import { button, el } from "./dom.js";

const SIZES = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const GAPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const ALIGN = { start: "left", end: "right", center: "center" };
const SPREAD = { ...ALIGN, left: "start", start: "flex-start", end: "flex-end", center: "center" };
const PARTS = ["header", "hero", "body", "footer"];

/** Build a flex message; `tap` is called with the action of what is tapped. */
export function card(message, tap) {
  const { contents } = message;
  const bubbles = contents.type === "carousel" ? contents.contents : [contents];
  const label = { role: "group", "aria-label": message.altText, class: "cards", tabindex: bubbles.length > 1 ? "0" : null };
  return el("div", label, ...bubbles.map((bubble) => bubbleElement(bubble, tap)));
}

function bubbleElement(bubble, tap) {
  const made = el("div", { class: `card card-${bubble.size ?? "mega"}` });
  for (const part of PARTS) {
    if (bubble[part]?.type !== "box") continue;
    const section = component(bubble[part], tap, "vertical");
    section.classList.add(`card-${part}`);
    set(section, "backgroundColor", bubble.styles?.[part]?.backgroundColor);
    if (bubble.styles?.[part]?.separator) section.classList.add("card-separated");
    made.append(section);
  }
  return tappable(made, bubble.action, tap);
}

function component(part, tap, layout) {
  const build = BUILDERS[part.type];
  const made = build ? build(part, tap) : el("span");
  set(made, "marginTop", layout === "vertical" ? gap(part.margin) : null);
  set(made, "marginInlineStart", layout === "vertical" ? null : gap(part.margin));
  if (layout !== "vertical") made.style.flex = part.flex === 0 ? "none" : `${part.flex ?? 1} 1 0`;
  else if (part.flex) made.style.flex = `${part.flex} 1 auto`;
  return part.type === "button" ? made : tappable(made, part.action, tap);
}

function box(part, tap) {
  const made = el("div", { class: `box box-${part.layout}` });
  made.append(...part.contents.map((child) => component(child, tap, part.layout)));
  for (const [name, key] of [["gap", "spacing"], ["padding", "paddingAll"], ["borderRadius", "cornerRadius"]]) {
    set(made, name, gap(part[key]));
  }
  for (const side of ["Top", "Bottom", "Start", "End"]) {
    const style = { Start: "paddingInlineStart", End: "paddingInlineEnd" }[side] ?? `padding${side}`;
    set(made, style, gap(part[`padding${side}`]));
  }
  set(made, "backgroundColor", part.backgroundColor);
  set(made, "borderColor", part.borderColor);
  if (part.borderWidth) set(made, "borderWidth", /px$/.test(part.borderWidth) ? part.borderWidth : "1px");
  set(made, "justifyContent", SPREAD[part.justifyContent] ?? part.justifyContent);
  set(made, "alignItems", SPREAD[part.alignItems] ?? part.alignItems);
  set(made, "width", part.width);
  return made;
}

function text(part) {
  const spans = part.contents?.map((span) => letters(el("span", {}, span.text ?? ""), span));
  const made = letters(el("p", { class: part.wrap ? "card-text" : "card-text card-line" }, ...(spans ?? [part.text ?? ""])), part);
  set(made, "textAlign", ALIGN[part.align]);
  if (part.maxLines) {
    made.classList.add("card-clamp");
    made.style.setProperty("-webkit-line-clamp", part.maxLines);
  }
  return made;
}

function letters(made, part) {
  const size = SIZES[part.size] ? `${SIZES[part.size]}px` : part.size;
  set(made, "fontSize", size);
  set(made, "color", part.color);
  set(made, "fontWeight", part.weight === "bold" ? "700" : null);
  set(made, "textDecoration", part.decoration);
  return made;
}

function pressable(part, tap) {
  const style = part.style ?? "link";
  const made = button(part.action.label ?? "", () => tap(part.action), { class: `card-button card-${style} card-h-${part.height ?? "md"}` });
  set(made, style === "link" ? "color" : "backgroundColor", part.color);
  return made;
}

function tappable(made, action, tap) {
  if (!action) return made;
  made.classList.add("tappable");
  made.setAttribute("role", "button");
  made.setAttribute("tabindex", "0");
  const go = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    tap(action);
  };
  made.addEventListener("click", go);
  made.addEventListener("keydown", go);
  return made;
}

const BUILDERS = {
  box,
  text,
  button: pressable,
  separator: (part) => {
    const made = el("hr", { class: "card-rule" });
    set(made, "backgroundColor", part.color);
    return made;
  },
  filler: () => el("span"),
};

function gap(value) {
  if (value === undefined || value === null) return null;
  return value in GAPS ? `${GAPS[value]}px` : value;
}

function set(made, name, value) {
  if (value) made.style[name] = value;
}
