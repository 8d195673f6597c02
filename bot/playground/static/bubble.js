// One line of a chat as an element.

import { card } from "./card.js";
import { button, el, timeOf } from "./dom.js";
import { pieces, substituted, summary, wasDelivered } from "./model.js";

const LETTER_COLOURS = 6;

/** Build a line. `view` tells who looks (`me`), finds letters and quoted lines, and holds what the buttons do. */
export function lineElement(line, view) {
  if (line.kind === "system") return el("li", { class: "notice" }, line.text);
  if (line.unsent) return el("li", { class: "notice" }, summary(line));
  const mine = line.sender.userId === view.me;
  const made = el("li", { class: mine ? "line mine" : "line", "data-id": line.messageId, tabindex: "-1" });
  if (!mine) made.append(avatar(line.sender, view));
  made.append(el("div", { class: "said" }, sender(line, mine), quoted(line, view), bubbleRow(line, view), failure(line, view), tools(line, view)));
  return made;
}

export function avatar(sender, view) {
  if (sender.type === "bot") return el("img", { class: "avatar", src: "/static/icon.svg", alt: "" });
  const { letter, index } = view.face(sender.userId);
  return el("span", { class: `avatar face-${index % LETTER_COLOURS}`, "aria-hidden": "true" }, letter);
}

function sender(line, mine) {
  const role = line.sender.type === "bot" ? el("span", { class: "badge" }, "官方帳號") : null;
  return el("p", { class: mine ? "sender hidden" : "sender" }, line.sender.displayName, role);
}

function quoted(line, view) {
  const id = line.message?.quotedMessageId;
  if (!id) return null;
  const original = view.find(id);
  const text = original ? `${original.sender.displayName}：${summary(original)}` : "（較早的訊息）";
  return button(text, () => view.goTo(id), { class: "quoted", "aria-label": `引用 ${text}` });
}

function bubbleRow(line, view) {
  return el("div", { class: "row" }, content(line, view), el("p", { class: "meta" }, ...meta(line, view)));
}

function content(line, view) {
  const message = line.message;
  const bubble = el("div", { class: "bubble" });
  if (line.kind === "postback") bubble.append(line.text);
  else if (message.type === "text") bubble.append(...highlighted(message));
  else if (message.type === "textV2") bubble.append(...pieces(message).map(piece));
  else if (message.type === "file") bubble.append(fileCard(message));
  else if (message.type === "flex") return card(message, (action) => view.tap(action));
  else bubble.append(summary(line));
  return bubble;
}

function piece({ text, substitution }) {
  return text ?? mention(substituted(substitution));
}

function mention(name) {
  return el("span", { class: "mention" }, name);
}

/** Mark the mentions of a text; LINE counts in UTF-16 units, as this language does. */
function highlighted({ text, mention: mentions }) {
  const found = [];
  let at = 0;
  for (const { index, length } of mentions?.mentionees ?? []) {
    found.push(text.slice(at, index), mention(text.slice(index, index + length)));
    at = index + length;
  }
  return [...found, text.slice(at)];
}

function fileCard({ fileName, fileSize }) {
  return el("span", { class: "file" }, el("strong", {}, fileName), el("small", {}, `${Math.ceil(fileSize / 1024)} KB`));
}

function meta(line, view) {
  const parts = [el("time", { datetime: line.at }, timeOf(line.at))];
  if (line.edited) parts.unshift(el("span", {}, "已編輯"));
  if (line.sender.type === "bot") parts.unshift(el("span", {}, price(line, view)));
  else if (line.delivery && line.sender.userId === view.me) parts.unshift(deliveryState(line.delivery));
  return parts;
}

function price(line, view) {
  return line.via === "reply" ? "回覆・免費" : `推播・${view.price(line.chatId)} 則`;
}

function deliveryState(delivery) {
  if (!delivery.done) return el("span", {}, "傳送中");
  return wasDelivered(delivery) ? el("span", { title: `webhook ${delivery.status}` }, "✓ 已送達") : el("span", {}, "✕ 未送達");
}

function failure({ delivery }, view) {
  if (!delivery?.done || wasDelivered(delivery)) return null;
  const reason = delivery.status ? `HTTP ${delivery.status}` : "沒有回應";
  const again = button("重送", () => view.redeliver(delivery.number), { class: "plain small" });
  return el("p", { class: "failed" }, `機器人沒收到（${reason}） `, again);
}

function tools(line, view) {
  const made = el("div", { class: "tools" });
  if (line.messageId) made.append(button("引用", () => view.quote(line), { "aria-label": `引用：${summary(line)}`.slice(0, 60) }));
  if (line.messageId && line.sender.userId === view.me) {
    if (view.inGroup && line.message.type === "text") made.append(button("編輯", () => view.edit(line)));
    made.append(button("收回", () => view.unsend(line)));
  }
  return made;
}
