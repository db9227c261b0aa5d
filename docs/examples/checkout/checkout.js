"use strict";
(async function () {
  const byId = (id) => document.getElementById(id);
  const config = await (await fetch("config")).json();
  const css = "body{margin:0;font-family:system-ui,sans-serif;font-size:16px;color:#1c2430}label{font-weight:600}" +
    "input,select{border:1px solid #8a94a3;border-radius:6px;box-sizing:border-box;font-size:16px;padding:8px;width:100%}" +
    "input.error,select.error{border-color:#a4001a}";
  const frame = byId("card");
  frame.src = config.tokenizer + "?" + new URLSearchParams({
    useexpiry: "true", usecvv: "true", formatinput: "true", cardnumbernumericonly: "true", cvvnumericonly: "true",
    enhancedresponse: "true", invalidcreditcardevent: "true", invalidcvvevent: "true", invalidexpiryevent: "true",
    tokenpropname: "token", css: css
  });
  let card = null;

  function say(id, text, kind) {
    byId(id).textContent = text;
    byId(id).className = kind || "";
  }

  window.addEventListener("message", function (event) {
    // Only what our own frame says, and only from where it was loaded.
    if (event.source !== frame.contentWindow || event.origin !== new URL(config.tokenizer).origin) { return; }
    const message = JSON.parse(event.data);
    card = message.errorCode === "0" && message.token ? { token: message.token, expiry: message.expiry } : null;
    byId("pay").disabled = card === null;
    if (card) {
      say("hint", "Card ending in " + card.token.slice(-4) + " is ready.", "good");
    } else {
      say("hint", message.validationError || message.errorMessage || "Check the card.", "bad");
    }
  });

  byId("checkout").addEventListener("submit", async function (event) {
    event.preventDefault();
    byId("pay").disabled = true;
    say("result", "Paying …");
    const answer = await fetch("pay", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ amount: byId("amount").value, token: card.token, expiry: card.expiry })
    });
    const payment = await answer.json();
    if (payment.approved) {
      say("result", "Approved: " + payment.amount + " USD, reference " + payment.reference + ".", "good");
    } else {
      say("result", "Declined: " + payment.text + ".", "bad");
      byId("pay").disabled = false;
    }
  });
})();
