/// `tokenizer.js`: what a shop's page includes. It opens the frame and passes messages; card data never comes here.
enum TokenizerScript {
    static let text = #"""
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
              self.post("setSettings", { settings: options.settings || {}, amount: options.amount });
              self.waiting.splice(0).forEach(function (message) { self.post(message[0], message[1]); });
              call(options.onLoad);
            });
            container(options.container).appendChild(this.frame);
          }

          Tokenizer.prototype.post = function (event, data) {
            if (!this.isLoaded) { this.waiting.push([event, data]); return; }
            var message = JSON.stringify({ id: this.id, event: event, data: data });
            this.frame.contentWindow.postMessage(message, this.origin);
          };

          Tokenizer.prototype.receive = function (text) {
            var message;
            try { message = JSON.parse(text); } catch (error) { return; }
            if (!message || message.id !== this.id) { return; }
            switch (message.event) {
              case "setHeight": this.frame.style.height = message.data + "px"; break;
              case "submission": call(this.options.submission, message.data); break;
              case "validCard": call(this.options.validCard, message.data); break;
              case "achOnChange": call(this.options.achOnChange, message.data); break;
              case "magStripeSwipe": call(this.options.magStripeSwipe, message.data); break;
              case "onPaymentChange": call(this.options.onPaymentChange, message.data); break;
            }
          };

          // Older pages call it; the frame is opened by the constructor.
          Tokenizer.prototype.create = function () {};
          Tokenizer.prototype.submit = function (amount) { this.post("submit", { amount: amount }); };
          ["setExpDate", "setError", "setBilling", "setShipping", "setGuardian"].forEach(function (event) {
            Tokenizer.prototype[event] = function (data) { this.post(event, data); };
          });

          window.Tokenizer = Tokenizer;
        })();

        """#
}
