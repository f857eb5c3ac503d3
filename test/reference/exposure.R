# Figures for the tests of exposure and response by another way: R's glm and lm, the cluster-robust covariance by its
# definition, average predictions with derivatives taken numerically.
#
# Usage: Rscript test/reference/exposure.R   (writes exposure.csv and exposure.json beside itself)
folder <- "test/reference"
set.seed(20261123)
persons <- 60
rows <- do.call(rbind, lapply(seq_len(persons), function(person) {
  days <- sample(8:16, 1)
  keen <- rnorm(1)
  contacts <- rpois(days, 0.8)
  data.frame(person, day = seq_len(days), contacts, other = rpois(days, 1.5), keen = rep(round(keen, 3), days))
}))
eta <- -1.6 + 0.5 * (rows$contacts == 1) + 0.9 * (rows$contacts >= 2) + 0.2 * log1p(rows$other) + 0.3 * rows$keen
rows$outcome <- rbinom(nrow(rows), 1, plogis(eta))
rows$mark <- round(0.3 * (rows$contacts >= 1) + 0.1 * rows$keen + rnorm(nrow(rows), 0, 0.5), 3)
rows$weight <- ifelse(rows$outcome == 1, 1, sample(c(1, 2.5), nrow(rows), replace = TRUE))
write.csv(rows, file.path(folder, "exposure.csv"), row.names = FALSE, quote = FALSE)

x <- with(rows, cbind(1, log1p(other), keen, contacts == 1, contacts >= 2)) * 1
sandwich <- function(fitted, bend, y) {
  bread <- solve(crossprod(x, x * (rows$weight * bend)))
  scores <- rowsum(x * (rows$weight * (y - fitted)), rows$person)
  n <- nrow(x)
  g <- nrow(scores)
  bread %*% crossprod(scores) %*% bread * (g / (g - 1)) * ((n - 1) / (n - ncol(x)))
}
margins <- function(beta, covariance, predict) {
  settings <- list(c(0, 0), c(1, 0), c(0, 1))
  at <- function(b) sapply(settings, function(one) {
    set <- x
    set[, 4] <- one[1]
    set[, 5] <- one[2]
    weighted.mean(predict(set %*% b), rows$weight)
  })
  step <- 1e-5
  slopes <- sapply(seq_along(beta), function(k) {
    up <- down <- beta
    up[k] <- up[k] + step
    down[k] <- down[k] - step
    (at(up) - at(down)) / (2 * step)
  })
  joint <- slopes %*% covariance %*% t(slopes)
  values <- at(beta)
  gain <- c(-1, 0, 1)
  list(values = values, errors = sqrt(diag(joint)),
       gain = sum(gain * values), gain_error = sqrt(drop(gain %*% joint %*% gain)))
}
binomial <- suppressWarnings(glm.fit(x, rows$outcome, weights = rows$weight, family = binomial(),
                                     control = list(epsilon = 1e-14, maxit = 100)))
p <- binomial$fitted.values
covariance <- sandwich(p, p * (1 - p), rows$outcome)
gaussian <- lm.wfit(x, rows$mark, rows$weight)
straight <- sandwich(drop(x %*% gaussian$coefficients), 1, rows$mark)
numbers <- function(values) paste0("[", paste(format(values, digits = 15, trim = TRUE), collapse = ", "), "]")
tell <- function(beta, covariance, predict) {
  found <- margins(beta, covariance, predict)
  sprintf('{"coefficients": %s, "errors": %s, "margins": %s, "marginErrors": %s, "gain": %s}',
          numbers(beta), numbers(sqrt(diag(covariance))), numbers(found$values), numbers(found$errors),
          numbers(c(found$gain, found$gain_error)))
}
writeLines(sprintf('{\n  "source": "%s",\n  "binomial": %s,\n  "gaussian": %s\n}', R.version.string,
                   tell(binomial$coefficients, covariance, plogis),
                   tell(gaussian$coefficients, straight, identity)),
           file.path(folder, "exposure.json"))
