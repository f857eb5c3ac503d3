# Figures for the tests of attribution by another way: R's own power of tests, and a bootstrap of paths with the chain
# solved by R's matrices.
#
# Usage: Rscript test/reference/attribution.R > test/reference/attribution.json
set.seed(20261123)

paths <- list(c(1), c(1, 2), c(2), c(2, 1, 3), c(3), c(1, 3, 3, 2), c(4, 1))
orders <- c(30, 25, 12, 18, 6, 9, 5)
nulls <- c(90, 60, 40, 70, 50, 20, 30)
channels <- 4

markov <- function(orders, nulls) {
  n <- channels
  moves <- matrix(0, n + 1, n + 1)
  bought <- numeric(n + 1)
  lost <- numeric(n + 1)
  for (p in seq_along(paths)) {
    states <- c(1, paths[[p]] + 1)
    w <- orders[p] + nulls[p]
    for (s in seq_len(length(states) - 1)) moves[states[s], states[s + 1]] <- moves[states[s], states[s + 1]] + w
    last <- states[length(states)]
    bought[last] <- bought[last] + orders[p]
    lost[last] <- lost[last] + nulls[p]
  }
  out <- rowSums(moves) + bought + lost
  out[out == 0] <- 1
  q <- moves / out
  r <- bought / out
  chance <- function(without) {
    kept <- q
    gain <- r
    if (without > 0) { kept[, without + 1] <- 0; gain[without + 1] <- 0 }
    solve(diag(n + 1) - kept, gain)[1]
  }
  whole <- chance(0)
  effects <- sapply(1:n, function(c) 1 - chance(c) / whole)
  effects / sum(effects)
}

ruled <- function(rule) function(orders, nulls) {
  credit <- numeric(channels)
  for (p in seq_along(paths)) credit <- credit + orders[p] * rule(paths[[p]])
  credit / sum(orders)
}
linear <- ruled(function(path) tabulate(path, channels) / length(path))
shapley <- ruled(function(path) (tabulate(path, channels) > 0) / length(unique(path)))
last <- ruled(function(path) tabulate(path[length(path)], channels))

errors <- function(model) {
  drawn <- replicate(20000, {
    o <- rpois(length(orders), orders)
    shares <- model(o, rpois(length(nulls), nulls))
    c(shares, shares * sum(o))
  })
  apply(drawn, 1, sd)
}

write_list <- function(x) paste0("[", paste(formatC(x, digits = 10, format = "g"), collapse = ", "), "]")
models <- list(markov = markov, linear = linear, shapley = shapley, last = last)
told <- sapply(names(models), function(name) {
  e <- errors(models[[name]])
  sprintf('    "%s": {"shares": %s, "shareErrors": %s, "orderErrors": %s}', name,
    write_list(models[[name]](orders, nulls)), write_list(e[1:4]), write_list(e[5:8]))
})

grid <- expand.grid(size = c(0.2, 0.5, 1, 2.5), n = c(2, 5, 17, 64))
power <- apply(grid, 1, function(g) power.t.test(n = g["n"], delta = g["size"], strict = TRUE)$power)
rows <- sprintf('    {"size": %g, "n": %g, "power": %s}', grid$size, grid$n, formatC(power, digits = 10, format = "g"))

needed <- c(0.3, 0.5, 0.9)
weeks <- sapply(needed, function(d) ceiling(power.t.test(delta = d, power = 0.8, strict = TRUE)$n))

h <- 2 * asin(sqrt(0.06)) - 2 * asin(sqrt(0.05))
people <- ceiling(((qnorm(0.975) + qnorm(0.8)) / h)^2 / (4000 * 0.2 * 0.8))

cat('{\n  "models": {\n', paste(told, collapse = ",\n"), '\n  },\n  "power": [\n', paste(rows, collapse = ",\n"),
  '\n  ],\n  "needed": ', write_list(weeks), ',\n  "people": ', people, '\n}\n', sep = "")
