-- GET inquire for one transaction.
local path = os.getenv("BENCH_PATH")
local headers = { ["Authorization"] = "Basic " .. os.getenv("BENCH_BASIC") }

function request()
  return wrk.format("GET", path, headers)
end
