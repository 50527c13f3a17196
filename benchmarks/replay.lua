-- Sends the requests of a file, one after the other, each once. REQUESTS names the file:
-- a line with the signature, a line with the form, and so on. START says how many were sent before:
-- a text that comes again is only looked up, and would flatter the figure.
local requests, place, step, offset = {}, 0, 1, 0
local threads = 0

function setup(thread)
  thread:set("offset", threads)
  threads = threads + 1
end

function init(args)
  for line in io.lines(os.getenv("REQUESTS")) do requests[#requests + 1] = line end
  step = tonumber(os.getenv("THREADS"))
  place = tonumber(os.getenv("START")) + offset
end

function request()
  local at = (place % (#requests / 2)) * 2
  place = place + step
  return wrk.format("POST", nil, {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["X-Twilio-Signature"] = requests[at + 1],
  }, requests[at + 2])
end
