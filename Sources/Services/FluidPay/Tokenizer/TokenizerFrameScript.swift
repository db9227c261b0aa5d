/// The script of the page in the frame. It sends what was entered to the gateway beside it, and tells the page around
/// it only the token. Messages have the form of those of the vendor's script.
enum TokenizerFrameScript {
    static let text = start + fields + fees + submission + settings + messages

    private static let start = #"""
        "use strict";
        (function () {
          var byId = function (id) { return document.getElementById(id); };
          var form = byId("payment"), error = byId("error");
          var id = null, parentOrigin = null, settings = {}, payment = {}, type = "card", isBusy = false;
          var wasValid = null, amount = null, fees = null;
          // Below the prefix of a world, too.
          var here = location.pathname, key = decodeURIComponent(here.slice(here.lastIndexOf("/") + 1));

          function post(event, data) {
            if (!parentOrigin) { return; }
            window.parent.postMessage(JSON.stringify({ id: id, event: event, data: data }), parentOrigin);
          }

          function tellHeight() {
            post("setHeight", { height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
          }

          function ask(path, body, headers) {
            return fetch(path, {
              method: "POST", headers: Object.assign({ "Content-Type": "application/json" }, headers),
              body: JSON.stringify(body)
            }).then(function (answer) { return answer.json(); });
          }

          function say(text) { error.textContent = text; tellHeight(); }


        """#

    private static let fields = #"""
          function passesLuhn(digits) {
            var sum = 0;
            for (var i = 0; i < digits.length; i++) {
              var digit = +digits[digits.length - 1 - i];
              if (i % 2) { digit *= 2; if (digit > 9) { digit -= 9; } }
              sum += digit;
            }
            return sum % 10 === 0;
          }

          function option(name) { return (payment[type] || {})[name]; }

          function number() { return byId("cc").value.replace(/[ -]/g, ""); }

          // strict_mode allows the longest numbers.
          function isCardValid() {
            var digits = number(), longest = payment.card && payment.card.strict_mode ? 19 : 16;
            return /^\d{12,}$/.test(digits) && digits.length <= longest && passesLuhn(digits);
          }

          // MM/YY, MMYY or MM/YYYY.
          function expiry() {
            var parts = /^\s*(0[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d\d)\s*$/.exec(byId("exp").value);
            return parts ? parts[1] + "/" + parts[2] : null;
          }

          function isCVVValid() {
            return (option("requireCVV") ? /^\d{3,4}$/ : /^(\d{3,4})?$/).test(byId("cvv").value);
          }

          function isRoutingValid() { return /^\d{9}$/.test(byId("routing").value); }

          function isAccountValid() { return /^\d{3,17}$/.test(byId("account").value); }

          // The names that settings have for fields that must be filled in, and the fields.
          var required = {
            user_required: {
              first_name: "user_first_name", last_name: "user_last_name", email: "user_email", phone: "user_phone"
            },
            billing_required: {
              address: "billing_address_line_1", city: "billing_city", state: "billing_state",
              zip: "billing_postal_code", country: "billing_country"
            }
          };

          function requiredFields() {
            var found = [];
            Object.keys(required).forEach(function (group) {
              Object.keys(required[group]).forEach(function (name) {
                if ((option(group) || {})[name]) { found.push([name, byId(required[group][name])]); }
              });
            });
            return found;
          }

          // The names that shops get for what is wrong.
          function invalid() {
            var checks = type === "card"
              ? [["cc", isCardValid()], ["exp", expiry() !== null], ["cvv", isCVVValid()]]
              : [["routing", isRoutingValid()], ["account", isAccountValid()]];
            checks = checks.map(function (check) { return [check[0], check[1], byId(check[0])]; });
            requiredFields().forEach(function (field) {
              checks.push([field[0], field[1].value.trim() !== "", field[1]]);
            });
            checks.forEach(function (check) { check[2].setAttribute("aria-invalid", String(!check[1])); });
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

          function secCode() {
            return shown("sec_code") ? byId("sec_code").value : (payment.ach && payment.ach.sec_code) || "web";
          }

          function body() {
            var data = type === "card"
              ? { card: { entry_type: "keyed", number: number(), expiration_date: expiry(), cvc: byId("cvv").value } }
              : { ach: {
                  routing_number: byId("routing").value, account_number: byId("account").value,
                  account_type: byId("account_type").value, sec_code: secCode()
                } };
            if (entered("billing")) { data.billing_address = entered("billing"); }
            if (entered("shipping")) { data.shipping_address = entered("shipping"); }
            return data;
          }


        """#

    private static let fees = #"""
          function processor() { return payment.processorId || payment.processorID || settings.processorId; }

          // 1.00 is a hundred cents.
          function cents() {
            var value = Math.round(Number(amount) * 100);
            return value > 0 ? value : null;
          }

          function money(value) { return (value / 100).toFixed(2); }

          function showFees(found) {
            fees = found;
            byId("fees").textContent = found
              ? "Fee " + money(found.requested_amount - cents()) + ", total " + money(found.requested_amount) : "";
            byId("fees").hidden = !found;
            tellHeight();
          }

          // What the merchant adds, once it is known what is paid, and with what. A refusal is an answer, too.
          function calculate() {
            if (!payment.calculateFees || cents() === null || (type === "card" && !isCardValid())) {
              showFees(null);
              return Promise.resolve(null);
            }
            var asked = { payment_method: type, base_amount: cents(), state: byId("billing_state").value };
            if (type === "card") { asked.bin = number().slice(0, 9); }
            if (processor()) { asked.processor_id = processor(); }
            return ask(here + "/fees", asked).then(function (answer) {
              showFees(answer.status === "success" ? answer.data : null);
              return answer.status === "success" ? null : answer.msg;
            });
          }


        """#

    private static let submission = #"""
          function fail(msg) {
            isBusy = false;
            say(msg);
            post("submission", { status: "error", token: "", msg: msg, invalid: [] });
          }

          function pay() {
            return ask(here, body()).then(function (answer) {
              if (answer.status !== "success") { return fail(answer.msg); }
              isBusy = false;
              var told = {
                status: "success", token: answer.data.token, msg: "", invalid: [], user: entered("user"),
                billing: entered("billing"), shipping: entered("shipping")
              };
              if (fees) { told.fees = fees; }
              post("submission", told);
            });
          }

          function submit(data) {
            if (isBusy) { return; }
            if (data && data.amount != null) { amount = data.amount; }
            var wrong = invalid();
            if (wrong.length > 0) {
              say("Please check what is marked.");
              post("submission", { status: "validation", token: "", msg: "validation failed", invalid: wrong });
              return;
            }
            isBusy = true;
            say("");
            calculate().then(function (refusal) { return refusal ? fail(refusal) : pay(); })
              .catch(function () { fail("The payment service cannot be reached."); });
          }


        """#

    private static let settings = #"""
          function choose(next) {
            if (next !== type) { type = next; post("onPaymentChange", { type: type }); }
            document.querySelector(".cc.fieldset").hidden = type !== "card";
            document.querySelector(".ach.fieldset").hidden = type !== "ach";
            ["card", "ach"].forEach(function (name) {
              byId("type-" + name).setAttribute("aria-pressed", String(name === type));
            });
            requiredFields().forEach(function (field) { field[1].closest("fieldset").hidden = false; });
            say("");
            calculate();
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
            var isValid = isCardValid(), digits = number();
            if (isValid === wasValid) { return; }
            wasValid = isValid;
            calculate();
            if (!isValid) { return post("validCard", { isValid: false, bin: null }); }
            var path = here.slice(0, here.lastIndexOf("/api/")) + "/api/lookup/bin/protected";
            ask(path, { bin: digits.slice(0, 9) }, { Authorization: key }).then(function (answer) {
              return answer.data;
            }).catch(function () { return null; }).then(function (bin) {
              if (number() === digits) { post("validCard", { isValid: true, bin: bin }); }
            });
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

          function dress(parts, given) {
            document.querySelectorAll(parts).forEach(function (part) {
              part.classList.toggle("untitled", given.showTitle === false);
              part.classList.toggle("unlabelled", given.showLabel === false);
            });
          }

          function showUser(user) {
            var wanted = { first_name: user.showName, last_name: user.showName, email: user.showEmail,
              phone: user.showPhone };
            var names = Object.keys(wanted);
            var all = user.show === true || !names.some(function (name) { return wanted[name] !== undefined; });
            names.forEach(function (name) {
              document.querySelector(".user .field." + name).hidden = !(all || wanted[name]);
            });
          }

          function showBank(ach) {
            byId("sec_code").querySelectorAll("option").forEach(function (choice) {
              if (ach.secCodeList && ach.secCodeList.indexOf(choice.value) < 0) { choice.remove(); }
            });
            byId("sec_code").value = ach.sec_code || byId("sec_code").value;
            document.querySelector(".field.sec_code").hidden = !ach.showSecCode;
          }

          function setUp(given) {
            settings = given || {};
            payment = settings.payment || {};
            if (settings.amount != null) { amount = settings.amount; }
            var types = (payment.types || ["card"]).filter(function (name) { return byId("type-" + name); });
            if (types.length === 0) { types = ["card"]; }
            byId("types").hidden = types.length < 2;
            ["user", "billing", "shipping"].forEach(function (kind) {
              document.querySelector("." + kind).hidden = !(settings[kind] && settings[kind].show !== false);
              dress("." + kind, settings[kind] || {});
            });
            if (settings.user) { showUser(settings.user); }
            dress(".cc.fieldset, .ach.fieldset", payment);
            showBank(payment.ach || {});
            document.querySelector(".field.exp").hidden = payment.showExpDate === false;
            document.querySelector(".field.cvv").hidden = payment.showCVV === false;
            if (payment.placeholderCreditCard) { byId("cc").placeholder = payment.placeholderCreditCard; }
            style(settings.styles);
            type = types[0];
            choose(type);
            form.hidden = false;
            tellHeight();
          }


        """#

    private static let messages = #"""
          // A text, or an object with it.
          function text(data, name) { return String((data && typeof data === "object" ? data[name] : data) || ""); }

          window.addEventListener("message", function (event) {
            if (event.source !== window.parent) { return; }
            var message;
            try { message = JSON.parse(event.data); } catch (fault) { return; }
            var data = message.data;
            if (message.event === "setSettings" && parentOrigin === null) {
              id = (data && data.id) || message.id;
              parentOrigin = event.origin;
              setUp(data);
            }
            if (event.origin !== parentOrigin) { return; }
            switch (message.event) {
              case "submit": submit(data); break;
              case "setExpDate": byId("exp").value = text(data, "value"); break;
              case "setError": say(text(data, "input")); break;
              case "setBilling": fill("billing", data); break;
              case "setShipping": fill("shipping", data); break;
            }
          });

          byId("type-card").addEventListener("click", function () { choose("card"); });
          byId("type-ach").addEventListener("click", function () { choose("ach"); });
          byId("cc").addEventListener("input", cardChanged);
          byId("billing_state").addEventListener("change", calculate);
          ["routing", "account", "account_type"].forEach(function (name) {
            byId(name).addEventListener("input", bankChanged);
          });
          form.addEventListener("submit", function (event) { event.preventDefault(); submit(); });
          new ResizeObserver(tellHeight).observe(document.documentElement);
        })();

        """#
}
