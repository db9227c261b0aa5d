/// The script of the page in the frame. It sends what was entered to the gateway beside it, and tells the page around
/// it only the token.
enum TokenizerFrameScript {
    static let text = #"""
        "use strict";
        (function () {
          var byId = function (id) { return document.getElementById(id); };
          var form = byId("payment"), error = byId("error");
          var id = null, parentOrigin = null, settings = {}, payment = {}, type = "card", isBusy = false;
          var wasValid = null;

          function post(event, data) {
            if (!parentOrigin) { return; }
            window.parent.postMessage(JSON.stringify({ id: id, event: event, data: data }), parentOrigin);
          }

          function tellHeight() {
            post("setHeight", Math.ceil(document.documentElement.getBoundingClientRect().height));
          }

          function passesLuhn(digits) {
            var sum = 0;
            for (var i = 0; i < digits.length; i++) {
              var digit = +digits[digits.length - 1 - i];
              if (i % 2) { digit *= 2; if (digit > 9) { digit -= 9; } }
              sum += digit;
            }
            return sum % 10 === 0;
          }

          function number() { return byId("cc").value.replace(/[ -]/g, ""); }

          function isCardValid() { return /^\d{12,19}$/.test(number()) && passesLuhn(number()); }

          // MM/YY, MMYY or MM/YYYY.
          function expiry() {
            var parts = /^\s*(0[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d\d)\s*$/.exec(byId("exp").value);
            return parts ? parts[1] + "/" + parts[2] : null;
          }

          function isCVVValid() {
            var text = byId("cvv").value;
            return payment.card && payment.card.requireCVV ? /^\d{3,4}$/.test(text) : /^(\d{3,4})?$/.test(text);
          }

          function isRoutingValid() { return /^\d{9}$/.test(byId("routing").value); }

          function isAccountValid() { return /^\d{3,17}$/.test(byId("account").value); }

          // The names that shops get for what is wrong.
          function invalid() {
            var checks = type === "card"
              ? [["cc", isCardValid()], ["exp", expiry() !== null], ["cvv", isCVVValid()]]
              : [["routing", isRoutingValid()], ["account", isAccountValid()]];
            checks.forEach(function (check) { byId(check[0]).setAttribute("aria-invalid", String(!check[1])); });
            return checks.filter(function (check) { return !check[1]; }).map(function (check) { return check[0]; });
          }

          function shown(name) { var part = document.querySelector("." + name); return part && !part.hidden; }

          function entered(kind) {
            if (!shown(kind)) { return undefined; }
            var values = {};
            form.querySelectorAll("." + kind + " input").forEach(function (field) {
              if (field.value !== "") { values[field.id.slice(kind.length + 1)] = field.value; }
            });
            return values;
          }

          function body() {
            var data = type === "card"
              ? { card: { entry_type: "keyed", number: number(), expiration_date: expiry(), cvc: byId("cvv").value } }
              : { ach: {
                  routing_number: byId("routing").value, account_number: byId("account").value,
                  account_type: byId("account_type").value, sec_code: (payment.ach && payment.ach.sec_code) || "web"
                } };
            if (entered("billing")) { data.billing_address = entered("billing"); }
            if (entered("shipping")) { data.shipping_address = entered("shipping"); }
            return data;
          }

          function say(text) { error.textContent = text; tellHeight(); }

          function submit() {
            if (isBusy) { return; }
            var wrong = invalid();
            if (wrong.length > 0) {
              say("Please check what is marked.");
              post("submission", { status: "validation", token: "", msg: "validation failed", invalid: wrong });
              return;
            }
            isBusy = true;
            say("");
            fetch(location.pathname, {
              method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body())
            }).then(function (answer) { return answer.json(); }).then(function (answer) {
              isBusy = false;
              if (answer.status === "success") {
                post("submission", {
                  status: "success", token: answer.data.token, msg: "", invalid: [], user: entered("user"),
                  billing: entered("billing"), shipping: entered("shipping")
                });
              } else {
                say(answer.msg);
                post("submission", { status: "error", token: "", msg: answer.msg, invalid: [] });
              }
            }).catch(function () {
              isBusy = false;
              say("The payment service cannot be reached.");
              post("submission", { status: "error", token: "", msg: "unreachable", invalid: [] });
            });
          }

          function choose(next) {
            if (next !== type) { type = next; post("onPaymentChange", type); }
            document.querySelector(".cc.fieldset").hidden = type !== "card";
            document.querySelector(".ach.fieldset").hidden = type !== "ach";
            ["card", "ach"].forEach(function (name) {
              byId("type-" + name).setAttribute("aria-pressed", String(name === type));
            });
            say("");
          }

          // A stripe is read as %B<number>^<name>^<YYMM>… or ;<number>=<YYMM>…
          function readStripe(text) {
            var track = /^%B(\d{12,19})\^[^^]*\^(\d\d)(\d\d)/.exec(text) || /^;(\d{12,19})=(\d\d)(\d\d)/.exec(text);
            if (!track) { return; }
            byId("cc").value = track[1];
            byId("exp").value = track[3] + "/" + track[2];
            post("magStripeSwipe", { read: true });
          }

          function cardChanged() {
            readStripe(byId("cc").value);
            var isValid = isCardValid();
            if (isValid !== wasValid) {
              wasValid = isValid;
              post("validCard", isValid ? { isValid: true, bin: number().slice(0, 6) } : { isValid: false });
            }
          }

          function bankChanged() {
            post("achOnChange", {
              isValid: isRoutingValid() && isAccountValid(), account_type: byId("account_type").value
            });
          }

          // Properties are set one by one: a value cannot end a rule and begin another.
          function style(rules) {
            var sheet = document.createElement("style");
            document.head.appendChild(sheet);
            Object.keys(rules || {}).forEach(function (selector) {
              try {
                var rule = sheet.sheet.cssRules[sheet.sheet.insertRule(selector + "{}", sheet.sheet.cssRules.length)];
                Object.keys(rules[selector]).forEach(function (name) {
                  rule.style.setProperty(name, String(rules[selector][name]));
                });
              } catch (fault) { console.warn("Tokenizer: the style of " + selector + " was left out"); }
            });
          }

          function fill(kind, values) {
            Object.keys(values || {}).forEach(function (name) {
              var field = byId(kind + "_" + name);
              if (field) { field.value = values[name]; }
            });
          }

          function setUp(data) {
            settings = (data && data.settings) || {};
            payment = settings.payment || {};
            var types = (payment.types || ["card"]).filter(function (name) { return byId("type-" + name); });
            if (types.length === 0) { types = ["card"]; }
            byId("types").hidden = types.length < 2;
            ["user", "billing", "shipping"].forEach(function (kind) {
              document.querySelector("." + kind).hidden = !(settings[kind] && settings[kind].show !== false);
            });
            style(settings.styles);
            type = types[0];
            choose(type);
            form.hidden = false;
            tellHeight();
          }

          window.addEventListener("message", function (event) {
            if (event.source !== window.parent) { return; }
            var message;
            try { message = JSON.parse(event.data); } catch (fault) { return; }
            if (message.event === "setSettings" && parentOrigin === null) {
              id = message.id;
              parentOrigin = event.origin;
              setUp(message.data);
            }
            if (message.id !== id || event.origin !== parentOrigin) { return; }
            switch (message.event) {
              case "submit": submit(); break;
              case "setExpDate": byId("exp").value = String(message.data || ""); break;
              case "setError": say(String(message.data || "")); break;
              case "setBilling": fill("billing", message.data); break;
              case "setShipping": fill("shipping", message.data); break;
            }
          });

          byId("type-card").addEventListener("click", function () { choose("card"); });
          byId("type-ach").addEventListener("click", function () { choose("ach"); });
          byId("cc").addEventListener("input", cardChanged);
          ["routing", "account", "account_type"].forEach(function (name) {
            byId(name).addEventListener("input", bankChanged);
          });
          form.addEventListener("submit", function (event) { event.preventDefault(); submit(); });
          new ResizeObserver(tellHeight).observe(document.documentElement);
        })();

        """#
}
