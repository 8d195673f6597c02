// What the page knows of the chats, built up from the lines of the feed. Touches no element.

const SYSTEM_LINES = {
  join: "列管小幫手加入了群組",
  leave: "列管小幫手離開了群組",
  follow: "已加列管小幫手為好友",
  unfollow: "已封鎖列管小幫手",
  memberJoined: "有人加入了群組",
  memberLeft: "有人離開了群組",
};

export class Model {
  constructor() {
    this.reset(null);
  }

  reset(session) {
    this.session = session;
    this.cursor = 0;
    this.settled = 0; // every delivery up to this number is over
    this.lines = new Map(); // chat id → lines, oldest first
    this.messages = new Map(); // message id → line
    this.lastDelivery = null;
  }

  /** Take a feed in; returns the lines that are new and those that changed. */
  apply(feed) {
    if (this.session !== feed.session) this.reset(feed.session);
    const touched = { added: [], changed: new Set() };
    for (const entry of feed.entries) this.#take(entry, touched);
    for (const delivery of feed.deliveries) this.#deliver(delivery, touched);
    this.#advance(feed.deliveries);
    this.cursor = feed.cursor;
    return touched;
  }

  linesOf(chatId) {
    return this.lines.get(chatId) ?? [];
  }

  /** The quick replies now on show: those of the last message, if the bot sent it. */
  quickReplies(chatId) {
    const last = this.linesOf(chatId).filter((line) => line.kind !== "system").at(-1);
    return last?.sender.type === "bot" ? last.message?.quickReply?.items ?? [] : [];
  }

  #take(entry, touched) {
    if (entry.kind === "messageEdited" || entry.kind === "unsend") {
      this.#revise(entry, touched);
      return;
    }
    const line = lineOf(entry);
    if (!this.lines.has(entry.chatId)) this.lines.set(entry.chatId, []);
    this.lines.get(entry.chatId).push(line);
    if (line.messageId) this.messages.set(line.messageId, line);
    touched.added.push(line);
  }

  #revise(entry, touched) {
    const line = this.messages.get(entry.unsend?.messageId ?? entry.message.id);
    if (!line) return;
    if (entry.kind === "unsend") Object.assign(line, { unsent: true, message: null });
    else Object.assign(line, { edited: true, message: { ...line.message, ...entry.message } });
    touched.changed.add(line);
  }

  #deliver(delivery, touched) {
    if (delivery.done) this.lastDelivery = delivery;
    for (const id of delivery.messageIds) {
      const line = this.messages.get(id);
      if (!line || line.delivery?.number > delivery.number) continue;
      if (line.delivery?.number === delivery.number && line.delivery.done === delivery.done) continue;
      line.delivery = delivery;
      touched.changed.add(line);
    }
  }

  #advance(deliveries) {
    for (const { number, done } of deliveries) {
      if (!done) return;
      this.settled = Math.max(this.settled, number);
    }
  }
}

function lineOf(entry) {
  if (entry.kind === "message") return entry;
  if (entry.kind === "postback") {
    return { ...entry, text: entry.displayText ?? "按了按鈕" };
  }
  return { ...entry, kind: "system", text: SYSTEM_LINES[entry.kind] ?? entry.kind };
}

export const wasDelivered = (delivery) => delivery.status >= 200 && delivery.status < 300;

/** Say in one line what a message holds, for the chat list, quotes and screen readers. */
export function summary(line) {
  if (line.unsent) return `${line.sender.displayName}已收回訊息`;
  const message = line.message;
  if (!message) return line.text;
  if (message.type === "text") return message.text;
  if (message.type === "textV2") return plainText(message);
  if (message.type === "file") return `檔案：${message.fileName}`;
  if (message.type === "flex" || message.type === "template") return message.altText;
  return `（${message.type}）`;
}

/** Cut a textV2 into pieces: text, or the substitution that stands there. */
export function pieces({ text, substitution = {} }) {
  const found = [];
  let plain = "";
  for (const [part, key] of text.matchAll(/\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}|[^{}]+|[{}]/g)) {
    if (key && substitution[key]) {
      found.push({ text: plain }, { substitution: substitution[key] });
      plain = "";
    } else {
      plain += part === "{{" || part === "}}" ? part[0] : part;
    }
  }
  return [...found, { text: plain }].filter((piece) => piece.substitution || piece.text);
}

function plainText(message) {
  return pieces(message).map((piece) => piece.text ?? substituted(piece.substitution)).join("");
}

export const names = new Map(); // user id → display name

/** Name what stands in a textV2's place: the mentioned person, everybody, or an emoji that cannot be shown. */
export function substituted({ type, mentionee }) {
  if (type !== "mention") return "▢";
  return mentionee.type === "all" ? "@All" : `@${names.get(mentionee.userId) ?? "不在群組的人"}`;
}
