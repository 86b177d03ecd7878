"use strict";
const form = document.querySelector("form");
// The service's own script defines getMetaInfo; what it gives goes on unchanged.
form?.addEventListener("submit", () => {
  if (!window.getMetaInfo) return;
  const info = getMetaInfo();
  form.elements.meta_info.value = typeof info === "string" ? info : JSON.stringify(info);
});

const { state } = document.querySelector("main").dataset;
if (state === "waiting") {
  setInterval(async () => {
    const reply = await fetch("/state").catch(() => null);
    if (reply?.ok && (await reply.json()) !== state) location.reload();
  }, 1000);
}
