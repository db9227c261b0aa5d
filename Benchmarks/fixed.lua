-- The same request again and again: BENCH_METHOD, BENCH_PATH, BENCH_BODY, BENCH_AUTH, BENCH_CLOSE (any of them empty).
local function text(name) return os.getenv(name) or "" end
local headers = {}
if text("BENCH_AUTH") ~= "" then headers["Authorization"] = text("BENCH_AUTH") end
if text("BENCH_BODY") ~= "" then headers["Content-Type"] = "application/json" end
if text("BENCH_CLOSE") ~= "" then headers["Connection"] = "close" end
local body = text("BENCH_BODY")
local message

-- Made when wrk knows the host.
function request()
  message = message or wrk.format(text("BENCH_METHOD"), text("BENCH_PATH"), headers, body ~= "" and body or nil)
  return message
end
