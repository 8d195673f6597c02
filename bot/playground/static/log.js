// The timeline of the chat that is open.

import { lineElement } from "./bubble.js";
import { byId, dayOf, el } from "./dom.js";

const NEAR_END = 80; // pixels

export class Log {
  #log = byId("log");
  #elements = new Map(); // line → element
  #day = null;
  #following = true; // whether the end stays in view when lines come or the room shrinks

  constructor() {
    byId("newest").addEventListener("click", () => this.toEnd());
    this.#log.addEventListener("scroll", () => {
      this.#following = this.#isAtEnd();
      if (this.#following) byId("newest").hidden = true;
    });
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.#log);
  }

  /** Show a chat from its first line. */
  show(lines, view) {
    this.#elements.clear();
    this.#day = null;
    this.#log.replaceChildren();
    if (!lines.length) this.#log.append(el("li", { class: "notice empty" }, "還沒有訊息，點下面的句子試試看。"));
    this.add(lines, view);
    this.toEnd();
  }

  add(lines, view) {
    if (!lines.length) return;
    const follow = this.#following || lines.some((line) => line.sender.userId === view.me);
    this.#log.querySelector(".empty")?.remove();
    for (const line of lines) this.#append(line, view);
    if (follow) this.toEnd();
    else byId("newest").hidden = false;
  }

  /** Draw lines again that were edited, taken back or delivered. */
  renew(lines, view) {
    for (const line of lines) {
      const old = this.#elements.get(line);
      if (!old) continue;
      const made = lineElement(line, view);
      old.replaceWith(made);
      this.#elements.set(line, made);
    }
    if (this.#following) this.toEnd();
  }

  goTo(messageId) {
    const target = this.#log.querySelector(`[data-id="${CSS.escape(messageId)}"]`);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  toEnd() {
    this.#following = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    byId("newest").hidden = true;
  }

  #append(line, view) {
    const day = dayOf(line.at);
    if (day !== this.#day) this.#log.append(el("li", { class: "notice day" }, day));
    this.#day = day;
    const made = lineElement(line, view);
    this.#elements.set(line, made);
    this.#log.append(made);
  }

  #isAtEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_END;
  }
}
