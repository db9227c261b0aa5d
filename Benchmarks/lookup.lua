-- Requests that look something up, or fill a server. BENCH_KIND: orders, any-orders, batches, profiles, store-orders, store-profiles.
local kind = os.getenv("BENCH_KIND")
local merchant = os.getenv("BENCH_MERCHANT")
local account = os.getenv("BENCH_ACCOUNT")
local count = tonumber(os.getenv("BENCH_COUNT") or "1")
local names = {}
for name in (os.getenv("BENCH_NAMES") or ""):gmatch("%S+") do names[#names + 1] = name end
local headers = {
  ["Authorization"] = "Basic " .. os.getenv("BENCH_BASIC"),
  ["Content-Type"] = "application/json",
}
local serial = tonumber(os.getenv("BENCH_FIRST") or "0")
math.randomseed(7)

function request()
  serial = serial + 1
  if kind == "orders" or kind == "any-orders" then
    -- The same thousand orders, spread over all; or any of all.
    local number = kind == "orders" and math.random(1000) * math.floor(count / 1000) or math.random(count)
    return wrk.format("GET", "/cardconnect/rest/inquireByOrderid/order-" .. number .. "/" .. merchant .. "/1", headers)
  elseif kind == "batches" then
    return wrk.format("GET", "/cardconnect/rest/settlestat?merchid=" .. merchant .. "&batchid=" .. names[math.random(#names)], headers)
  elseif kind == "profiles" then
    return wrk.format("GET", "/cardconnect/rest/profile/" .. names[math.random(#names)] .. "//" .. merchant, headers)
  elseif kind == "store-orders" then
    return wrk.format("PUT", "/cardconnect/rest/auth", headers, '{"merchid":"' .. merchant .. '","account":"' .. account
      .. '","expiry":"1230","amount":"10.00","postal":"19406","orderid":"order-' .. serial .. '"}')
  else
    return wrk.format("PUT", "/cardconnect/rest/profile", headers, '{"merchid":"' .. merchant .. '","account":"' .. account
      .. '","expiry":"1230","name":"Customer ' .. serial .. '"}')
  end
end
