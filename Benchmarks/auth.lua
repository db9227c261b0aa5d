-- PUT auth with an order id of its own in every request. WORLD: a path prefix, may be empty.
local thread_number = 0
function setup(thread)
  thread:set("thread_id", thread_number)
  thread_number = thread_number + 1
end

local serial = 0
local prefix = os.getenv("BENCH_PREFIX") or ""
local account = os.getenv("BENCH_ACCOUNT")
local merchant = os.getenv("BENCH_MERCHANT")
local run = os.getenv("BENCH_RUN") or "r"
local headers = {
  ["Authorization"] = "Basic " .. os.getenv("BENCH_BASIC"),
  ["Content-Type"] = "application/json",
}

function request()
  serial = serial + 1
  local order = run .. "-" .. thread_id .. "-" .. serial
  local body = '{"merchid":"' .. merchant .. '","account":"' .. account
    .. '","expiry":"1230","amount":"10.00","currency":"USD","name":"Bench Mark","orderid":"' .. order
    .. '","postal":"19406","ecomind":"E","capture":"N","cvv2":"123"}'
  return wrk.format("PUT", prefix .. "/cardconnect/rest/auth", headers, body)
end

