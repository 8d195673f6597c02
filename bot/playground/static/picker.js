// The date and time picker behind a datetimepicker action.

import { byId } from "./dom.js";

const INPUT_TYPES = { date: "date", time: "time", datetime: "datetime-local" };

/** Ask for a date or time; resolves to LINE's notation of it, or to nothing when it was cancelled. */
export function pick(action) {
  const dialog = byId("picker");
  const input = byId("picked");
  input.type = INPUT_TYPES[action.mode];
  input.value = action.initial ?? "";
  input.min = action.min ?? "";
  input.max = action.max ?? "";
  byId("picker-title").textContent = action.label ?? "選擇日期";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? input.value : null), { once: true });
  });
}
