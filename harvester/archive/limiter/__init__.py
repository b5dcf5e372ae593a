"""Keep within an archive's limits: the rate limiter, its circuit breaker and the request budget.

Who asks. `harvester.archive.transport` calls `Limiter.enter` before each request, a retry included, and tells the
limiter how the archive answered. Nothing else sends a request to an archive. The endpoints ``cdx`` (index),
``playback`` (captures) and ``save`` (Save Page Now) have a rate each (`Limits`, from the archive's settings).

Who waits. `enter` takes one request off the run's `Budget`, then takes the endpoint's next free slot from the shared
`LimiterState` and sleeps until then. Slots are evenly spaced (GCRA without bursts), so threads and processes queue
simply by taking later slots. A slot that was slept through is given back for a new one. `stop` ends every wait.

What a 429 does. `Limiter.limited` pauses all endpoints for everybody: for ``Retry-After``, at least a minute, and
twice as long each time it recurs, up to a day (`rules.on_limited`). A request that meets a pause waits, up to
`Limits.patience`; then it raises `ArchiveUnavailable`. A 429 counts neither as a try of the capture nor against it.

What a refused connection or a 5xx does. Three refusals or ten failures in a row open the breaker
(`rules.on_refused`, `rules.on_failed`): requests raise `ArchiveUnavailable` at once. When its time is over one request
goes through as a probe; a good answer closes the breaker, another failure opens it for twice as long. A
request that was not sent, since no name server knew the archive's address, is not counted at all.

Which archive is asked. A capture that several archives have is asked of the one where that costs least
(`cheapest.cheapest_first`); the others are asked when that one refuses.

Where the state is. One `LimiterState` for each archive (host), replaced atomically in a `LimiterStore`. All processes
share it and it survives restarts: in the table ``endpoints`` or in Redis (`harvester.harvest.limiter`). `rules`
decides (pure functions), `limiter` waits, `budget` counts.
"""
