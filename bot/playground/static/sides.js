// What stands around the chat: the list of chats, who speaks, what to try, the tour, the state of things.

import { avatar } from "./bubble.js";
import { button, byId, el, timeOf } from "./dom.js";
import { summary, wasDelivered } from "./model.js";

/** Show the chats. Each of `chats` has chatId, name, letter, last line and number of unread lines. */
export function showChats(chats, current, choose) {
  byId("chats").replaceChildren(...chats.map((chat) => chatItem(chat, chat.chatId === current, choose)));
}

function chatItem(chat, isCurrent, choose) {
  const unread = chat.unread ? el("span", { class: "unread" }, String(chat.unread), el("span", { class: "hidden" }, " 則未讀")) : null;
  const last = chat.last ? summary(chat.last) : "還沒有訊息";
  return el(
    "li", {},
    el(
      "button",
      { type: "button", "data-chat": chat.chatId, "aria-current": isCurrent ? "true" : null, onclick: () => choose(chat.chatId) },
      chat.isOwn ? el("img", { class: "avatar", src: "/static/icon.svg", alt: "" }) : el("span", { class: "avatar group", "aria-hidden": "true" }, chat.letter),
      el("span", { class: "chat-words" }, el("strong", {}, chat.name), el("small", {}, last)),
      el("span", { class: "chat-side" }, chat.last ? el("small", {}, timeOf(chat.last.at)) : null, unread),
    ),
  );
}

export function showSpeakers(speakers, view, choose) {
  const items = speakers.map((speaker) => {
    const input = el("input", {
      type: "radio", name: "speaker", value: speaker.userId,
      onchange: () => choose(speaker.userId),
    });
    const face = avatar({ type: "user", userId: speaker.userId }, view);
    return el("label", { title: `${speaker.roles}。${speaker.about}` }, input, face, el("span", {}, speaker.name));
  });
  const legend = byId("speakers").querySelector("legend");
  byId("speakers").replaceChildren(legend, ...items);
}

export function showTries(tries, use) {
  const label = ({ text, changes }) => (changes ? `✎ ${text}` : text);
  const about = ({ changes }) => (changes ? "放進輸入框，改好再送" : "直接送出");
  byId("tries").replaceChildren(...tries.map((item) => button(label(item), () => use(item), { class: "pill", title: about(item) })));
}

export function showQuickReplies(items, tap) {
  byId("quick").hidden = items.length === 0;
  byId("quick").replaceChildren(...items.map(({ action }) => button(action.label ?? "", () => tap(action), { class: "pill strong" })));
}

export function showTour(steps, nameOf, go) {
  const item = (step) => el(
    "li", {},
    el("h3", {}, step.title),
    el("p", {}, step.why),
    button(`「${step.text}」`, () => go(step), { class: "pill", "aria-label": `以${nameOf(step.speaker)}的身分試：${step.text}` }),
    el("p", { class: "as" }, `身分：${nameOf(step.speaker)}`),
  );
  byId("steps").replaceChildren(...steps.map(item));
}

export function showStatus(feed, delivery) {
  const { limit, used } = feed.quota;
  byId("quota").textContent = limit === null ? `已用 ${used} 則` : `已用 ${used}／${limit} 則`;
  byId("clock").textContent = timeOf(feed.now);
  const webhook = byId("webhook");
  if (!delivery) return;
  const well = wasDelivered(delivery);
  webhook.dataset.state = well ? "well" : "failed";
  webhook.textContent = well ? `✓ 正常（${delivery.status}）` : `✕ 沒收到${delivery.status ? `（${delivery.status}）` : ""}`;
}
