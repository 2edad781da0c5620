//! When an account was first usable. What the dumps and the logs show of it comes in, bounds go out.

use crate::model::account::{Account, Sighting, Status};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::step::Within;
use crate::model::system::Snapshot;
use crate::timeline::{History, Says, Source};

/// What is known of one account.
pub struct Known<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its names, as a rejected row may hold them.
    pub names: [&'a str; 3],
    /// What each dump says of it, oldest first.
    pub sightings: &'a [Sighting],
    /// The dumps of its system, oldest first.
    pub snapshots: &'a [Snapshot],
    /// What the logs show of it.
    pub history: &'a History,
    /// The "now" of the analysis.
    pub as_of: Instant,
}

/// A time, and the row that shows it.
type Shown = (Instant, Origin);

impl Known<'_> {
    /// When it was first usable, and the rows that show that.
    #[must_use]
    pub fn first_usable(&self) -> (Within, Vec<Origin>) {
        match self.made() {
            Some((earliest, latest, row)) => self.since_made(earliest, latest, row),
            None => self.first_seen(),
        }
    }

    /// When it was made: the earlier of what a dump and what the log says.
    fn made(&self) -> Option<(Instant, Instant, Origin)> {
        let row = self.sightings.first().map(|s| s.origin);
        let by_dump = self.account.created_at.zip(row).map(|(at, row)| (at, self.account.created_by.unwrap_or(at), row));
        let by_log = self.history.created.map(|(at, row)| (at, at, row));
        // Where the dump gives a day only, the log tells the instant of that day.
        let within = by_log.filter(|(at, ..)| by_dump.is_some_and(|(first, last, _)| (first..=last).contains(at)));
        within.or_else(|| by_dump.into_iter().chain(by_log).min()).filter(|(at, ..)| *at <= self.as_of)
    }

    /// Being made may not be enough: one that is enabled after that, or shown off without anything that switched it off,
    /// may have been off from the beginning. Then the first of the two bounds it from below only.
    fn since_made(&self, earliest: Instant, latest: Instant, row: Origin) -> (Within, Vec<Origin>) {
        let changes = || self.history.changes.iter().filter(|c| c.at > earliest && c.source == Source::Event);
        let off = changes().find(|c| c.says == Says::NotUsable).map(|c| c.at);
        let held = |at: Instant| off.is_none_or(|off| at <= off);
        let made = self.history.created.map(|(_, row)| row);
        let enabled = changes().find(|c| c.says == Says::Usable && Some(c.origin) != made).filter(|c| held(c.at));
        let seen_off = self.sightings.iter().filter(|s| !is_active(s, self.time(s)) && s.status != Status::Unknown);
        let mut seen_off = seen_off.filter(|s| self.time(s) >= earliest && held(self.time(s)) && dated_off(s).is_none());
        let doubtful = enabled.map(|c| (c.at, c.origin)).or_else(|| seen_off.next().map(|s| (self.time(s), s.origin)));
        let Some((_, doubt)) = doubtful else {
            return (Within { earliest: Some(earliest), latest: Some(latest) }, vec![row]);
        };
        let shown = self.shown_usable(earliest);
        let mut rows = vec![row, doubt];
        rows.extend(shown.map(|(_, row)| row));
        rows.dedup();
        (Within { earliest: Some(earliest), latest: shown.map(|(at, _)| at.max(latest)) }, rows)
    }

    /// Nobody says when it was made: it was usable by the first proof of that, and not before the newest earlier dump that did
    /// not list it.
    fn first_seen(&self) -> (Within, Vec<Origin>) {
        let shown = self.shown_usable_ever();
        let before = |at: Instant| shown.is_none_or(|(shown, _)| at < shown);
        let absent = self.absent().filter(|(at, _)| before(*at)).max();
        let rows = [absent, shown].into_iter().flatten().map(|(_, row)| row).collect();
        (Within { earliest: absent.map(|(at, _)| at), latest: shown.map(|(at, _)| at) }, rows)
    }

    /// The first thing after `since` that shows it usable: an enabling, a dump, or the use that is kept, the newest.
    fn shown_usable(&self, since: Instant) -> Option<Shown> {
        let made = self.history.created.map(|(_, row)| row);
        let enabled = self.history.changes.iter().filter(|c| c.says == Says::Usable && Some(c.origin) != made);
        let enabled = enabled.map(|c| (c.at, c.origin));
        let dumped = self.sightings.iter().map(|s| (self.time(s), s)).filter(|(at, s)| is_active(s, *at));
        let used = self.sightings.iter().filter_map(|s| Some((s.last_used_at?, s.origin))).chain(self.history.last_use);
        enabled.chain(dumped.map(|(at, s)| (at, s.origin))).chain(used).filter(|(at, _)| *at > since && *at <= self.as_of).min()
    }

    fn shown_usable_ever(&self) -> Option<Shown> {
        const BEFORE_ALL: i64 = -62_135_596_800;
        self.shown_usable(Instant::from_seconds(BEFORE_ALL)?)
    }

    /// Dumps that did not list it, before the first that does.
    fn absent(&self) -> impl Iterator<Item = Shown> {
        let first = self.sightings.first().map(|s| self.time(s));
        let whole = |s: &&Snapshot| s.accepted > 0 && !s.unread.may_hold(self.names);
        let before = self.snapshots.iter().filter(move |s| first.is_some_and(|first| s.at < first));
        before.filter(whole).map(|s| (s.at, Origin::whole(s.file)))
    }

    fn time(&self, sighting: &Sighting) -> Instant {
        self.snapshots.get(usize::from(sighting.snapshot)).map_or(self.as_of, |snapshot| snapshot.at)
    }
}

fn is_active(sighting: &Sighting, at: Instant) -> bool {
    sighting.status == Status::Active && sighting.further.expires_at.is_none_or(|ends| ends > at)
}

/// When a row itself says that it was switched off, or ended by itself.
fn dated_off(sighting: &Sighting) -> Option<Instant> {
    sighting.further.disabled_at.or(sighting.further.expires_at)
}
