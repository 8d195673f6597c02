// The box in which people write: sending, quoting, editing, mentions, drafts.

import { byId } from "./dom.js";
import { summary } from "./model.js";

const LONGEST_FILE = 10 * 1024 * 1024;

export class Composer {
  #text = byId("text");
  #mode = null; // {kind: "quote" | "edit", line}
  #draftKey = null;

  /** `actions`: say(text, quotedId), edit(line, text), file(name, base64), complain(text). They raise to keep the text. */
  constructor(actions) {
    this.actions = actions;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    this.#text.addEventListener("input", () => this.#changed());
    byId("context-close").addEventListener("click", () => this.leaveMode());
    byId("file").addEventListener("change", (event) => this.#file(event.target));
  }

  /** Show the draft of a chat and speaker, and offer what that chat can do. */
  open(draftKey, { canAttach, canMention }) {
    this.leaveMode();
    this.#draftKey = `draft:${draftKey}`;
    this.#text.value = sessionStorage.getItem(this.#draftKey) ?? "";
    byId("attach").hidden = !canAttach;
    byId("mention").hidden = !canMention;
    this.#grow();
  }

  fill(text) {
    this.#text.value = text;
    this.#changed();
    this.#text.focus();
    this.#text.setSelectionRange(text.length, text.length);
  }

  insert(text) {
    this.#text.setRangeText(text, this.#text.selectionStart, this.#text.selectionEnd, "end");
    this.#changed();
    this.#text.focus();
  }

  quote(line) {
    this.#enter("quote", line, `引用 ${line.sender.displayName}：${summary(line)}`);
  }

  edit(line) {
    this.#enter("edit", line, "編輯訊息");
    this.fill(line.message.text);
  }

  leaveMode() {
    if (this.#mode?.kind === "edit") this.fill("");
    this.#mode = null;
    byId("context").hidden = true;
  }

  #enter(kind, line, text) {
    this.leaveMode();
    this.#mode = { kind, line };
    byId("context-text").textContent = text;
    byId("context").hidden = false;
    this.#text.focus();
  }

  #key(event) {
    if (event.key === "Escape") this.leaveMode();
    // 229: what some browsers report for the Enter that ends a composition, after isComposing has gone.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const text = this.#text.value;
    if (!text.trim() || this.#text.readOnly) return;
    await this.#guarded(async () => {
      if (this.#mode?.kind === "edit") await this.actions.edit(this.#mode.line, text);
      else await this.actions.say(text, this.#mode?.line.messageId);
      this.#mode = null;
      byId("context").hidden = true;
      this.#text.value = "";
      this.#changed();
    });
  }

  async #file(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    if (file.size > LONGEST_FILE) {
      this.actions.complain("檔案超過 10 MB，請縮小後再傳。");
      return;
    }
    await this.#guarded(async () => this.actions.file(file.name, await base64(file)));
  }

  /** Do one thing at a time; what fails leaves the text where it is. */
  async #guarded(work) {
    this.#text.readOnly = true;
    try {
      await work();
    } catch (error) {
      this.actions.complain(`沒有送出：${error.message}。文字還在，可以再試一次。`);
    } finally {
      this.#text.readOnly = false;
      this.#text.focus();
    }
  }

  #changed() {
    if (this.#mode?.kind !== "edit" && this.#draftKey) sessionStorage.setItem(this.#draftKey, this.#text.value);
    this.#grow();
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Error("讀不到檔案"));
    reader.readAsDataURL(file);
  });
}
