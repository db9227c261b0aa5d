"""Drives the example checkout in headless Chromium: checkout.py DRIVER SHOP-URL SCREENSHOT-FOLDER."""
import sys
import time

from webdriver import Browser

DRIVER, SHOP, FOLDER = sys.argv[1:4]
browser = Browser(DRIVER, FOLDER)


def enter(number, month, year, code):
    browser.open(SHOP)
    # The shop's script says late what the frame shows, and that is loaded then: until both are done, look again.
    for _ in range(100):
        browser.frame()
        browser.frame("#card")
        if browser.run("return document.readyState==='complete' && !!document.getElementById('cccvvfield')"):
            break
        time.sleep(0.1)
    # The driver computes no names inside a frame of another origin; aria-label wins over everything else there.
    names = browser.run("""return ['ccnumfield', 'ccexpirymonth', 'ccexpiryyear', 'cccvvfield'].map(
        function (id) { return document.getElementById(id).getAttribute('aria-label') })""")
    assert names == ["Credit Card Number", "Expiration Month", "Expiration Year", "Card Verification Value"], names
    browser.type_into("#ccnumfield", number + "\ue004")
    if month:
        browser.type_into("#ccexpirymonth", month)
        browser.type_into("#ccexpiryyear", year)
    if code:
        browser.type_into("#cccvvfield", code + "\ue004")
    browser.frame()


def pay(amount):
    browser.clear("#amount")
    browser.type_into("#amount", amount)
    browser.click("#pay")


try:
    later = str(time.gmtime().tm_year + 3)
    enter("4111111111111111", "12", later, "123")
    browser.wait_for("#hint", "ending in 1111 is ready")
    browser.shot("1-card-entered")
    pay("12.00")
    browser.wait_for("#result", "Approved: 12.00 USD")
    browser.shot("2-approved")
    enter("4111111111111111", "12", later, "123")
    browser.wait_for("#hint", "is ready")
    pay("1051.00")
    browser.wait_for("#result", "Declined: ")
    browser.shot("3-declined")
    enter("4111111111111112", "", "", "")
    browser.wait_for("#hint", "Invalid Card Number")
    browser.shot("4-bad-number")
    now = time.gmtime()
    if now.tm_mon > 1:
        enter("4111111111111111", "01", str(now.tm_year), "123")
        browser.wait_for("#hint", "Invalid Expiration Date")
        browser.shot("5-expired")
    print("the checkout works in Chromium")
finally:
    browser.close()
