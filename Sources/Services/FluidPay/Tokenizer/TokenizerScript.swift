import JSON
import Texts

/// `tokenizer.js`: what a shop's page includes. It opens the frame and passes messages; card data never comes here.
enum TokenizerScript {
    /// - Parameter states: in which costs may not be passed on.
    static func text(withoutSurcharge states: [String]) -> String {
        let list = JSONValue.array(states.map { .string($0) }).serializedText()
        return text.replacing("STATES_WITHOUT_SURCHARGE", with: list)
    }

    private static let text = #"""
        "use strict";
        (function () {
          // Where this script came from, the frame comes from.
          var source = document.currentScript ? document.currentScript.src : "";
          var home = source.replace(/\/tokenizer\/tokenizer\.js(\?.*)?$/, "");
          var count = 0;

          function call(callback, value) { if (typeof callback === "function") { callback(value); } }

          function container(given) {
            var element = typeof given === "string" ? document.querySelector(given) : given;
            if (!element) { throw new Error("Tokenizer: there is no container " + given); }
            return element;
          }

          function Tokenizer(options) {
            if (!(this instanceof Tokenizer)) { return new Tokenizer(options); }
            options = options || {};
            if (typeof options.apikey !== "string" || options.apikey.indexOf("pub_") !== 0) {
              throw new Error("Tokenizer: apikey has to begin with pub_");
            }
            count += 1;
            var self = this, url = (options.url || home).replace(/\/+$/, "");
            this.id = "tokenizer-" + count;
            this.options = options;
            this.isLoaded = false;
            this.waiting = [];
            this.frame = document.createElement("iframe");
            this.frame.title = "Payment details";
            this.frame.style.cssText = "border:0;width:100%;height:15em";
            this.frame.src = url + "/api/tokenizer/" + encodeURIComponent(options.apikey);
            // Only what comes from this frame counts, and only to this frame something is said.
            this.origin = new URL(this.frame.src, location.href).origin;
            window.addEventListener("message", function (event) {
              if (event.source !== self.frame.contentWindow || event.origin !== self.origin) { return; }
              self.receive(event.data);
            });
            this.frame.addEventListener("load", function () {
              self.isLoaded = true;
              self.post("setSettings", Object.assign({}, options.settings, {
                id: self.id, apikey: options.apikey, amount: options.amount
              }));
              self.waiting.splice(0).forEach(function (message) { self.post(message[0], message[1]); });
              call(options.onLoad);
            });
            container(options.container).appendChild(this.frame);
          }

          Tokenizer.prototype.post = function (event, data) {
            if (!this.isLoaded) { this.waiting.push([event, data]); return; }
            this.frame.contentWindow.postMessage(JSON.stringify({ event: event, data: data }), this.origin);
          };

          Tokenizer.prototype.receive = function (text) {
            var message;
            try { message = JSON.parse(text); } catch (error) { return; }
            if (!message || message.id !== this.id) { return; }
            switch (message.event) {
              case "setHeight": this.frame.style.height = message.data.height + "px"; break;
              case "submission": call(this.options.submission, message.data); break;
              case "validCard": call(this.options.validCard, message.data); break;
              case "achOnChange": call(this.options.achOnChange, message.data); break;
              case "magStripeSwipe": call(this.options.magStripeSwipe, message.data); break;
              case "onPaymentChange": call(this.options.onPaymentChange, message.data.type); break;
            }
          };

          // Older pages call it; the frame is opened by the constructor.
          Tokenizer.prototype.create = function () {};

          // What a page of Guardian's has gathered goes first; nothing is done with it.
          Tokenizer.prototype.submit = function (amount) {
            var self = this, guardian = window.Guardian;
            var gathered = guardian && typeof guardian.getData === "function"
              ? Promise.resolve(guardian.getData()).catch(function () { return null; }) : null;
            if (!gathered) { this.post("submit", { amount: amount }); return; }
            gathered.then(function (data) {
              if (data && data.events && data.events.length) { self.post("setGuardian", data); }
              self.post("submit", { amount: amount });
            });
          };
          Tokenizer.prototype.setExpDate = function (text) { this.post("setExpDate", { value: text }); };
          Tokenizer.prototype.setError = function (text) { this.post("setError", { input: text }); };
          ["setBilling", "setShipping", "setGuardian"].forEach(function (event) {
            Tokenizer.prototype[event] = function (data) { this.post(event, data); };
          });

          // Whether a cost may be passed on: bin is what validCard was given.
          Tokenizer.prototype.isSurchargeable = function (state, bin) {
            return Boolean(state) && STATES_WITHOUT_SURCHARGE.indexOf(state.toUpperCase()) < 0
              && Boolean(bin && bin.card_type) && bin.card_type.toLowerCase() === "credit";
          };

          window.Tokenizer = Tokenizer;
        })();

        """#
}
