/// The script of the page. It talks to the tokenizer beside it and to the page around it, and keeps nothing.
enum PageScript {
    static let text = #"""
        "use strict";
        (function () {
          var form = document.getElementById("tokenform");
          var settings = JSON.parse(form.getAttribute("data-settings"));
          var byId = function (id) { return document.getElementById(id); };
          var card = byId("ccnumfield");
          var month = byId("ccexpirymonth") || byId("ccexpiryfieldmonth");
          var year = byId("ccexpiryyear") || byId("ccexpiryfieldyear");
          var cvv = byId("cccvvfield");
          var fields = [card, month, year, cvv].filter(Boolean);
          // Of the field that was entered last, of the burst of keys that may be a swipe, of what was sent.
          var focusedAt = 0, burst = { start: 0, last: 0, count: 0 }, timer = null, swipeTimer = null;
          var isTyping = false, isDone = false, isBusy = false, generation = 0;

          function post(message) { window.parent.postMessage(JSON.stringify(message), "*"); }

          function told(token, code, text, extra) {
            var message = {};
            message[settings.tokenpropname] = token;
            if (settings.enhancedresponse) {
              message.token = code === "0" ? token : "";
              message.errorCode = code;
              message.errorMessage = text;
              if (code !== "0") { message[settings.tokenpropname] = ""; }
            }
            Object.keys(extra || {}).forEach(function (name) { message[name] = extra[name]; });
            post(message);
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

          function number() { return card.value.replace(/[ -]/g, ""); }

          // A bank account (routing/account) has no check digit over all of it.
          function isCardValid() {
            var text = number();
            return /^\d+\/\d+$/.test(text) || (/^\d{12,19}$/.test(text) && passesLuhn(text));
          }

          function isMonthValid() { return /^(0?[1-9]|1[0-2])$/.test(month.value); }

          function isYearValid() {
            return /^\d{4}$/.test(year.value) && +year.value >= settings.year && +year.value < settings.year + 20;
          }

          function isExpiryValid() {
            if (!isMonthValid() || !isYearValid()) { return false; }
            return +year.value > settings.year || +month.value >= settings.month;
          }

          function isCVVValid() { return /^\d{3,4}$/.test(cvv.value); }

          function labelOf(id, other) { var label = byId(id); return label ? label.textContent : other; }

          function mark(field, isValid) {
            field.classList.toggle("error", !isValid);
            if (isValid) { field.removeAttribute("aria-invalid"); } else { field.setAttribute("aria-invalid", "true"); }
          }

          function invalid(isAsked, label, isEmpty, text) {
            if (!isAsked) { return; }
            var what = isEmpty ? settings.texts.required.replace("<label>", label) : text;
            told("", settings.texts.code, what, { validationError: what });
          }

          // Looks at one field when it is left; the others may still be empty.
          function check(field) {
            if (field === card) {
              var isValid = isCardValid();
              mark(card, isValid);
              if (!isValid) {
                invalid(settings.invalidinputevent || settings.invalidcreditcardevent,
                  labelOf("cccardlabel", settings.cardlabel), number() === "", settings.texts.card);
              }
            } else if (field === cvv) {
              mark(cvv, isCVVValid());
              if (!isCVVValid()) {
                invalid(settings.invalidcvvevent, labelOf("cccvvlabel", settings.cvvlabel), cvv.value === "",
                  settings.texts.cvv);
              }
            } else {
              // One half alone is not wrong yet.
              if (field === month && isMonthValid() && year.value === "") { mark(month, true); return; }
              var isGood = isExpiryValid();
              mark(month, isGood);
              mark(year, isGood);
              if (!isGood) {
                invalid(settings.invalidexpiryevent, labelOf("ccexpirylabel", settings.expirylabel),
                  month.value === "" && year.value === "", settings.texts.expiry);
              }
            }
          }

          function isReady() {
            return isCardValid() && (!month || isExpiryValid()) && (!cvv || isCVVValid());
          }

          function masked(text) {
            var start = settings.maskfirsttwo ? 0 : 2;
            return text.split("").map(function (c, i) {
              return i < start || i >= text.length - 4 || c === "/" ? c : "*";
            }).join("");
          }

          function send(body, onSuccess) {
            if (isBusy || isDone) { return; }
            isBusy = true;
            var mine = generation;
            if (isTyping && settings.sendcardtypingevent) { post({ cardTyping: false }); }
            isTyping = false;
            fetch("../cardsecure/api/v1/ccn/tokenize", {
              method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body)
            }).then(function (answer) { return answer.json(); }).then(function (answer) {
              isBusy = false;
              if (mine !== generation) { return; }
              if (answer.errorcode === 0) {
                isDone = true;
                fields.forEach(function (field) { mark(field, true); });
                onSuccess(answer.token);
              } else {
                var raw = ("000" + answer.errorcode).slice(-4) + "::" + answer.message;
                if (settings.encodesFailures) { raw = encodeURIComponent(raw).replace(/%20/g, "+"); }
                told(raw, String(answer.errorcode), answer.message);
              }
            }).catch(function () {
              isBusy = false;
              told("", settings.texts.unreachableCode, settings.texts.unreachable);
            });
          }

          function tokenize() {
            if (!isReady()) { return; }
            var expiry = month ? year.value + String(+month.value) : null;
            send({
              account: number(), source: "iToke", encryptionhandler: null, unique: settings.unique, expiry: expiry,
              cvv: cvv ? cvv.value : null
            }, function (token) {
              card.value = masked(number());
              told(token, "0", "", month ? { expiry: expiry } : {});
            });
          }

          function swiped() {
            swipeTimer = null;
            var text = card.value;
            card.value = "";
            send({
              devicedata: text, source: "iToke", encryptionhandler: null, unique: settings.unique, expiry: null,
              cvv: null
            }, function (token) { card.value = masked(token); told(token, "0", ""); });
          }

          // Keys that come faster than a person types are a card reader's.
          function isSwipe(now) {
            if (now - burst.last > settings.inactivityto) { burst = { start: now, last: now, count: 0 }; }
            burst.last = now;
            burst.count += 1;
            var elapsed = now - burst.start;
            return burst.count > 20 && elapsed > 0 && burst.count / elapsed > settings.swiperate;
          }

          function clearAll() {
            isDone = false;
            generation += 1;
            fields.forEach(function (field) { field.value = ""; });
          }

          function typed(event) {
            var field = event.target, now = performance.now();
            if (now - focusedAt < settings.selectinputdelay) { field.value = ""; return; }
            if (isDone) { clearAll(); return; }
            generation += 1;
            isBusy = false;
            if (field === card) {
              if (!isTyping) { isTyping = true; if (settings.sendcardtypingevent) { post({ cardTyping: true }); } }
              if (isSwipe(now)) {
                clearTimeout(timer);
                clearTimeout(swipeTimer);
                swipeTimer = setTimeout(swiped, settings.inactivityto);
                return;
              }
              if (settings.swipeonly) {
                clearTimeout(swipeTimer);
                swipeTimer = setTimeout(function () { swipeTimer = null; card.value = ""; }, settings.inactivityto);
                return;
              }
              if (settings.cardnumbernumericonly) { card.value = card.value.replace(/\D/g, ""); }
              if (settings.formatinput && /^[\d ]+$/.test(card.value)) {
                card.value = card.value.replace(/ /g, "").replace(/(\d{4})(?=\d)/g, "$1 ");
              }
            } else if (field === cvv && settings.cvvnumericonly) {
              cvv.value = cvv.value.replace(/\D/g, "");
            }
            if (settings.tokenizewheninactive) {
              clearTimeout(timer);
              timer = setTimeout(function () { check(field); tokenize(); }, settings.inactivityto);
            }
          }

          function left(event) {
            if (settings.tokenizewheninactive || swipeTimer || isDone || settings.swipeonly) { return; }
            check(event.target);
            tokenize();
          }

          fields.forEach(function (field) {
            field.addEventListener("focus", function () { focusedAt = performance.now(); });
            field.addEventListener("input", typed);
            field.addEventListener("blur", left);
          });
          form.addEventListener("submit", function (event) { event.preventDefault(); });
          console.log("No public key found");
          if (settings.autofocus) { card.focus(); }
          if (settings.sendcssloadedevent) { post({ cssLoaded: true }); }
        })();

        """#
}
