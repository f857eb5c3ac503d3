# Figures for the channel mix's estimates by another way: R's regressions with the errors of Liang and Zeger by person.
#
# Usage: Rscript test/reference/channel-mix.R > test/reference/channel-mix.json
set.seed(20261123)
persons <- 60
orders <- 140
person <- c(seq_len(persons), sample.int(persons, orders - persons, replace = TRUE))
stratum <- sample(c("late", "in time", "first"), orders, replace = TRUE)
mood <- rnorm(persons, 0, 0.3)
said <- round(pmax(-1, pmin(1, 0.4 - 0.5 * (stratum == "late") + mood[person] + rnorm(orders, 0, 0.4))), 2)
unit <- sample(0:2, orders, replace = TRUE)
amount <- round(rlnorm(orders, 7, 1))
weights <- c("first" = 0.3, "in time" = 0.5, "late" = 0.2)

# The contrast of a regression's coefficients, its error clustered by person with the correction of Stata and
# statsmodels, G/(G-1) * (N-1)/(N-K), and its interval by Student with G-1 degrees.
estimate <- function(fit, contrast) {
  x <- model.matrix(fit)
  w <- if (is.null(fit$weights)) rep(1, nrow(x)) else fit$weights
  bread <- solve(crossprod(x, x * w))
  meat <- crossprod(rowsum(x * w * residuals(fit), person))
  g <- length(unique(person))
  n <- nrow(x)
  cov <- bread %*% meat %*% bread * g / (g - 1) * (n - 1) / (n - ncol(x))
  mean <- sum(contrast * coef(fit))
  error <- sqrt(drop(t(contrast) %*% cov %*% contrast))
  half <- qt(0.975, g - 1) * error
  sprintf('{ "mean": %.15g, "error": %.15g, "low": %.15g, "high": %.15g }', mean, error, mean - half, mean + half)
}

first <- as.numeric(unit == 1)
cat("{\n", sprintf('  "source": "%s",\n', R.version.string), '  "orders": [\n', sep = "")
cat(sprintf('    { "person": %d, "stratum": "%s", "said": %.2f, "unit": %d, "amount": %d }',
            person, stratum, said, unit, amount), sep = ",\n")
cat("\n  ],\n", '  "weights": { "first": 0.3, "in time": 0.5, "late": 0.2 },\n',
    '  "average": ', estimate(lm(said ~ 1), 1), ",\n",
    '  "standardised": ', estimate(lm(said ~ 0 + factor(stratum)), weights), ",\n",
    '  "shareOfOrders": ', estimate(lm(first ~ 1), 1), ",\n",
    '  "shareOfMoney": ', estimate(lm(first ~ 1, weights = amount), 1), "\n}\n", sep = "")
