// Calls to the playground's server. The header shows that this page asks, and no other.

export class Unreachable extends Error {}
export class Refused extends Error {}

const HEADERS = { "X-Playground": "1" };

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...HEADERS, ...options.headers } });
  } catch {
    throw new Unreachable("連不上體驗頁的程式");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

function post(path, body = {}) {
  return call(`/_standin${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const scene = () => call("/playground/scene");
export const feed = (since, delivery) => call(`/playground/feed?since=${since}&delivery=${delivery}`);
export const say = (chatId, body) => post(`/chats/${chatId}/messages`, body);
export const sendFile = (chatId, body) => post(`/chats/${chatId}/files`, body);
export const tap = (chatId, body) => post(`/chats/${chatId}/taps`, body);
export const edit = (messageId, body) => post(`/messages/${messageId}/edit`, body);
export const unsend = (messageId) => post(`/messages/${messageId}/unsend`);
export const redeliver = (number) => post(`/deliveries/${number}/redeliver`);
