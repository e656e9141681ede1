-- Degrees are kept in ten-thousandths, shares in thousandths: whole numbers are small.
create table meta (key text primary key, value text not null) without rowid;

create table county (
  fips integer primary key,
  name text not null,
  state text not null,
  latitude integer not null,
  longitude integer not null,
  population integer not null,
  south integer not null,
  west integer not null,
  north integer not null,
  east integer not null,
  neighbours text not null,
  outline blob not null
);

create table county_name (
  name text not null,
  county integer not null,
  primary key (name, county)
) without rowid;

create table place (
  id integer primary key,
  name text not null,
  state text not null,
  county integer not null,
  latitude integer not null,
  longitude integer not null,
  population integer not null,
  zips text,
  counties text,
  reach integer,
  named integer not null
);

create table name (
  name text not null,
  place integer not null,
  primary key (name, place)
) without rowid;

create table zip (
  zip integer primary key,
  place integer not null,
  county integer not null,
  latitude integer not null,
  longitude integer not null,
  square integer not null,
  kind text not null,
  area integer not null,
  timezone integer not null
);

create table share (
  county integer not null,
  zip integer not null,
  share integer not null,
  primary key (county, zip)
) without rowid;

-- The ZIPs of each place that is more or less than a postal city; those are in zip.place.
create table inside (
  zip integer not null,
  place integer not null,
  primary key (zip, place)
) without rowid;

-- A ZIP where nobody lives, and the ordinary one that stands in for it.
create table box (
  ordinary integer not null,
  zip integer not null,
  primary key (ordinary, zip)
) without rowid;

create table refused (zip integer primary key, reason text not null);
create table timezone (id integer primary key, name text not null);
