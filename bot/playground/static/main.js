// The playground: state, the loop that asks for news, and what the buttons do.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { Log } from "./log.js";
import { Model, names, summary } from "./model.js";
import { pick } from "./picker.js";
import * as sides from "./sides.js";

const OWN = "own";
const BUSY = 250; // milliseconds between two looks, soon after something was sent
const IDLE = 700;
const AWAY = 4000;
const BUSY_FOR = 5000;

const model = new Model();
const log = new Log();
const seen = new Map(); // chat id → seq of the last line seen
let scene;
let room = null; // chat id of a group, or OWN
let me = null;
let busyUntil = 0;
let wake = () => {};

const composer = new Composer({ say, edit, file, complain });

const view = {
  get me() { return me; },
  get inGroup() { return room !== OWN; },
  face: (userId) => {
    const index = scene.speakers.findIndex((speaker) => speaker.userId === userId);
    return { index: Math.max(index, 0), letter: scene.speakers[index]?.letter ?? "？" };
  },
  find: (messageId) => model.messages.get(messageId),
  price: (chatId) => (scene.rooms.some((known) => known.chatId === chatId) ? scene.speakers.length : 1),
  goTo: (messageId) => log.goTo(messageId),
  quote: (line) => composer.quote(line),
  edit: (line) => composer.edit(line),
  unsend: (line) => act(() => api.unsend(line.messageId)),
  redeliver: (number) => act(() => api.redeliver(number)),
  tap,
};

const onPhone = () => document.body.dataset.device === "phone";
const chatId = () => (room === OWN ? me : room);

// What people do

async function say(text, quotedMessageId) {
  await api.say(chatId(), { userId: me, text, quotedMessageId, mentions: mentionsIn(text) });
  hurry();
}

async function edit(line, text) {
  await api.edit(line.messageId, { text, mentions: mentionsIn(text) });
  hurry();
}

async function file(fileName, contentBase64) {
  await api.sendFile(chatId(), { userId: me, fileName, contentBase64 });
  hurry();
}

async function tap(action) {
  if (action.type === "uri") return void window.open(action.uri, "_blank", "noopener,noreferrer");
  if (action.type === "clipboard") return void navigator.clipboard.writeText(action.clipboardText);
  const picked = action.type === "datetimepicker" ? await pick(action) : undefined;
  if (picked === null) return undefined;
  if (action.inputOption === "openKeyboard" && onPhone()) composer.fill(action.fillInText ?? "");
  return act(() => api.tap(chatId(), { userId: me, action, picked }));
}

async function act(work) {
  try {
    await work();
    hurry();
  } catch (error) {
    complain(`沒有送出：${error.message}`);
  }
}

function use({ text, changes }) {
  if (changes) composer.fill(text);
  else act(() => say(text));
}

/** List who is mentioned by @name, in order; groups only. */
function mentionsIn(text) {
  if (room === OWN) return [];
  const targets = [["bot", scene.botName], ...scene.speakers.map(({ userId, name }) => [userId, name])];
  const found = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const target = targets.find(([, name]) => text.startsWith(name, at + 1));
    if (target) found.push(target[0]);
  }
  return found;
}

// What is on show

function openRoom(chosen) {
  room = chosen;
  const shown = scene.rooms.find((known) => known.chatId === room);
  byId("chat-name").textContent = shown?.name ?? scene.botName;
  byId("chat-about").textContent = shown ? `${scene.speakers.length} 人` : "一對一，只有您和它看得到";
  sides.showTries(shown?.tries ?? scene.ownTries, use);
  composer.open(`${chatId()}:${me}`, { canAttach: room === OWN, canMention: room !== OWN });
  log.show(model.linesOf(chatId()), view);
  remember();
  drawAround();
}

function speakAs(userId) {
  me = userId;
  const chosen = byId("speakers").querySelector(`[value="${me}"]`);
  chosen.checked = true;
  const { roles, about } = scene.speakers.find((speaker) => speaker.userId === me);
  byId("who").textContent = `${roles}：${about}`;
  chosen.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  openRoom(room);
}

function drawAround() {
  const lines = model.linesOf(chatId());
  if (lines.length) seen.set(chatId(), lines.at(-1).seq);
  sides.showChats(chats(), room, openRoom);
  const shown = onPhone() ? model.quickReplies(chatId()) : [];
  sides.showQuickReplies(shown, tap);
}

function chats() {
  const groups = scene.rooms.map(({ chatId: id, name }) => ({ chatId: id, name, letter: name[0], ...news(id) }));
  return [...groups, { chatId: OWN, name: scene.botName, isOwn: true, ...news(me) }];
}

function news(id) {
  const lines = model.linesOf(id);
  return { last: lines.at(-1), unread: lines.filter((line) => line.seq > (seen.get(id) ?? 0)).length };
}

function announce(lines) {
  const told = lines.filter((line) => line.kind === "message" && line.sender.userId !== me);
  if (told.length) byId("announcer").textContent = told.map((line) => `${line.sender.displayName}：${summary(line)}`).join("\n");
}

function complain(text) {
  byId("offline").textContent = text;
  byId("offline").hidden = !text;
}

function remember() {
  sessionStorage.setItem("place", JSON.stringify({ room, me }));
}

// News

async function look() {
  const session = model.session;
  const feed = await api.feed(model.cursor, model.settled);
  if (session && session !== feed.session) {
    location.reload();
    return;
  }
  const { added, changed } = model.apply(feed);
  const here = added.filter((line) => line.chatId === chatId());
  log.add(here, view);
  log.renew([...changed].filter((line) => line.chatId === chatId() && !here.includes(line)), view);
  announce(here);
  if (added.length || changed.size) drawAround();
  sides.showStatus(feed, model.lastDelivery);
}

async function keepLooking() {
  let lost = false;
  for (;;) {
    try {
      await look();
      if (lost) complain("");
      lost = false;
    } catch (error) {
      lost = true;
      complain(`${error.message}，正在重新連線；輸入框裡的文字會保留。`);
    }
    await nextLook();
  }
}

function nextLook() {
  const pause = document.hidden ? AWAY : Date.now() < busyUntil ? BUSY : IDLE;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function hurry() {
  complain("");
  busyUntil = Date.now() + BUSY_FOR;
  wake();
}

// Setting up

function chooseDevice(device) {
  document.body.dataset.device = device;
  sessionStorage.setItem("device", device);
  drawAround();
  log.toEnd();
}

function follow(step) {
  room = step.chat;
  speakAs(step.speaker);
  showTour(false);
  composer.fill(step.text);
}

function showTour(open) {
  byId("tour").classList.toggle("open", open);
  byId("tour-button").setAttribute("aria-expanded", String(open));
  if (open) byId("tour").focus();
}

function restore() {
  const { room: lastRoom, me: lastMe } = JSON.parse(sessionStorage.getItem("place") ?? "{}");
  room = scene.rooms.some((known) => known.chatId === lastRoom) || lastRoom === OWN ? lastRoom : scene.rooms[0].chatId;
  me = scene.speakers.some((known) => known.userId === lastMe) ? lastMe : scene.speakers[0].userId;
}

function listen() {
  for (const input of document.querySelectorAll("[name=device]")) {
    input.checked = input.value === document.body.dataset.device;
    input.addEventListener("change", () => chooseDevice(input.value));
  }
  byId("tour-button").addEventListener("click", () => showTour(!byId("tour").classList.contains("open")));
  byId("tour").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showTour(false);
    byId("tour-button").focus();
  });
  byId("mention").addEventListener("click", () => composer.insert(`@${scene.botName} `));
  document.addEventListener("visibilitychange", () => wake());
}

async function start() {
  document.body.dataset.device = sessionStorage.getItem("device") ?? (window.innerWidth < 720 ? "phone" : "pc");
  scene = await api.scene();
  for (const { userId, name } of scene.speakers) names.set(userId, name);
  names.set(scene.botUserId, scene.botName);
  restore();
  sides.showTour(scene.tour, (userId) => names.get(userId), follow);
  sides.showSpeakers(scene.speakers, view, speakAs);
  listen();
  speakAs(me);
  keepLooking();
}

start().catch((error) => complain(`頁面打不開：${error.message}`));
